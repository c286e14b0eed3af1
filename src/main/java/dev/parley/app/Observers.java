package dev.parley.app;

import dev.parley.Before;
import dev.parley.Durable;
import dev.parley.InRoom;
import dev.parley.config.SettingsException;
import dev.parley.message.RoomName;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.util.AnnotationLiteral;
import java.lang.annotation.Annotation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The observers that an application has for one type of event, in the order of their priority. Thread-safe.
 *
 * <p>If some of them are for certain rooms only, the result for each room is remembered, for {@value #MOST_ROOMS} rooms.
 */
final class Observers<E> {
    static final int MOST_ROOMS = 10_000;

    private final List<Observer<E>> all;
    private final boolean dependOnRoom;
    private final Map<RoomName, List<Observer<E>>> byRoom = new ConcurrentHashMap<>();

    /** Stands for every pattern, because the pattern has no part in the resolution. */
    private static final class AnyRoom extends AnnotationLiteral<InRoom> implements InRoom {
        private static final long serialVersionUID = 1;

        @Override
        public String value() {
            return "*";
        }
    }

    private static final class IsBefore extends AnnotationLiteral<Before> implements Before {
        private static final long serialVersionUID = 1;
    }

    private static final class IsDurable extends AnnotationLiteral<Durable> implements Durable {
        private static final long serialVersionUID = 1;

        @Override
        public String value() {
            return "any";
        }

        @Override
        public boolean fromStart() {
            return false;
        }
    }

    /** The qualifier of observers that are for certain rooms. */
    static final Annotation IN_ROOM = new AnyRoom();
    /** The qualifier of observers that are called before a message is stored. */
    static final Annotation BEFORE = new IsBefore();
    /** The qualifier of observers that have a position. */
    static final Annotation DURABLE = new IsDurable();

    private Observers(List<Observer<E>> all) {
        this.all = all;
        this.dependOnRoom = all.stream().anyMatch(Observer::hasRoomPattern);
    }

    /**
     * Finds the observers of an event. Called while the application starts.
     *
     * @param any any event of the type
     * @param qualifiers of the event; observers with other qualifiers are not found
     * @throws SettingsException if an observer has a pattern for rooms that is not valid
     */
    static <E> Observers<E> of(BeanManager beans, E any, Annotation... qualifiers) {
        return new Observers<>(beans.resolveObserverMethods(any, qualifiers).stream()
                .map(method -> new Observer<E>(method))
                .sorted(Comparator.comparingInt(Observer::priority))
                .toList());
    }

    /**
     * Checks that no observer of a type has one of these qualifiers, which mean nothing there: it would never be called.
     *
     * @param any any event of the type
     * @throws SettingsException if one has
     */
    static <E> void refuse(BeanManager beans, Class<E> type, E any, List<Class<? extends Annotation>> qualifiers) {
        for (Observer<E> observer : of(beans, any, BEFORE, DURABLE, IN_ROOM).all) {
            for (Class<? extends Annotation> qualifier : qualifiers) {
                if (observer.observes(type) && observer.qualifier(qualifier).isPresent()) {
                    throw new SettingsException(observer + " has @" + qualifier.getSimpleName()
                            + ", which is not for observers of " + type.getSimpleName() + ".");
                }
            }
        }
    }

    /** Those of them for which this is true. */
    Observers<E> only(Predicate<Observer<E>> which) {
        return new Observers<>(all.stream().filter(which).toList());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    List<Observer<E>> all() {
        return all;
    }

    /**
     * The observers that get the events of a room.
     *
     * @param room null if the event is of no room
     */
    List<Observer<E>> in(RoomName room) {
        if (!dependOnRoom || room == null) {
            return all;
        }
        List<Observer<E>> known = byRoom.get(room);
        if (known != null) {
            return known;
        }
        if (byRoom.size() >= MOST_ROOMS) {
            byRoom.clear();
        }
        List<Observer<E>> found = all.stream().filter(one -> one.isFor(room)).toList();
        byRoom.put(room, found);
        return found;
    }
}
