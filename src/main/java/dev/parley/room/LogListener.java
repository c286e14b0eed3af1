package dev.parley.room;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftListener;
import dev.parley.log.EntryListener;
import dev.parley.loop.Loops;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Hands what the log says to the loops of the rooms. All of it runs on the log's writer thread.
 *
 * <p>The answers to the senders of a room wait for its new entries, which follow at once: both are one task of the room's
 * loop, so that a sender gets its answer and its entry in one frame.
 */
final class LogListener implements DraftListener, EntryListener {
    private static final Logger LOG = System.getLogger(LogListener.class.getName());

    private final Loops loops;
    private final Function<RoomName, Optional<Room>> rooms;
    private final Consumer<Entry> observer;
    /** Of the transaction at hand, in the rooms that have new entries from it. */
    private final Map<RoomName, List<Appended>> answers = new HashMap<>();

    /**
     * @param rooms those that have members
     * @param observer gets each new entry once
     */
    LogListener(Loops loops, Function<RoomName, Optional<Room>> rooms, Consumer<Entry> observer) {
        this.loops = loops;
        this.rooms = rooms;
        this.observer = observer;
    }

    @Override
    public void stored(List<Appended> batch) {
        byRoom(batch, appended -> appended.draft().room()).forEach((name, appended) -> {
            if (appended.stream().allMatch(Appended::repeated)) {
                put(name, () -> appended.forEach(LogListener::answer));
            } else {
                answers.put(name, appended);
            }
        });
    }

    @Override
    public void added(List<Entry> entries) {
        entries.forEach(this::observe);
        byRoom(entries, Entry::room).forEach((name, fresh) -> {
            List<Appended> before = answers.remove(name);
            List<Appended> answered = before == null ? List.of() : before;
            // Looked up now, and not on the loop: a room that is made later reads these entries from the log.
            Optional<Room> room = rooms.apply(name);
            put(name, () -> {
                answered.forEach(LogListener::answer);
                room.ifPresent(present -> present.added(fresh));
            });
        });
    }

    @Override
    public void refused(List<Draft> drafts, ParleyException why) {
        byRoom(drafts, Draft::room)
                .forEach((name, refused) -> put(name, () -> refused.forEach(draft -> refuse(draft, why))));
    }

    /** Where a room has no members, its senders are answered by its loop all the same, never by the log's writer. */
    private void put(RoomName name, Runnable task) {
        loops.of(name.hashCode()).put(task);
    }

    private void observe(Entry entry) {
        try {
            observer.accept(entry);
        } catch (RuntimeException | Error e) {
            // The entry is durable: its sender and its room hear of it in any case.
            LOG.log(Level.ERROR, "An observer of the log failed", e);
        }
    }

    /** One sender's trouble keeps nobody else from being answered. */
    private static void answer(Appended appended) {
        try {
            appended.draft().outcome().said(appended.entry());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The sender of an entry could not be answered", e);
        }
    }

    private static void refuse(Draft draft, ParleyException why) {
        try {
            draft.outcome().refused(why);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The sender of a message could not be told that it was refused", e);
        }
    }

    private static <T> Map<RoomName, List<T>> byRoom(List<T> all, Function<T, RoomName> room) {
        return all.stream().collect(Collectors.groupingBy(room));
    }
}
