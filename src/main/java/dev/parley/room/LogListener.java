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
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Hands what the log and the relay say to the loops of the rooms. Thread-safe; what the log calls runs on its writer thread.
 *
 * <pre>
 *   log ──▶ stored: answers ─────────────────┐
 *       ──▶ added ──▶ relay ──▶ heard ───────┴──▶ one task of the room's loop
 *                 └─ heard later: the answers don't wait for it
 * </pre>
 *
 * <p>The answers to the senders of a room wait for what the relay brings before {@link Relay#publish} returns: both are one
 * task of the room's loop, so that a sender gets its answer and its entry in one frame.
 */
final class LogListener implements DraftListener, EntryListener, Relay.Listener {
    private static final Logger LOG = System.getLogger(LogListener.class.getName());

    private final Loops loops;
    private final Relay relay;
    private final Function<RoomName, Optional<Room>> rooms;
    private final Supplier<List<Room>> all;
    private final Consumer<Entry> observer;
    /** Of the transaction at hand, in the rooms that have new entries from it. For the writer thread alone. */
    private final Map<RoomName, List<Appended>> answers = new HashMap<>();
    /** The writer thread, while it publishes. */
    private volatile Thread publishing;

    /**
     * @param rooms those that have members
     * @param all of these
     * @param observer gets each new entry once
     */
    LogListener(
            Loops loops,
            Relay relay,
            Function<RoomName, Optional<Room>> rooms,
            Supplier<List<Room>> all,
            Consumer<Entry> observer) {
        this.loops = loops;
        this.relay = relay;
        this.rooms = rooms;
        this.all = all;
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
        publish(entries);
        answers.forEach(this::answerAhead);
        answers.clear();
    }

    private void publish(List<Entry> entries) {
        publishing = Thread.currentThread();
        try {
            relay.publish(entries);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The relay failed; rooms read from the log what it did not bring", e);
            entries.stream()
                    .map(Entry::room)
                    .distinct()
                    .forEach(name -> rooms.apply(name).ifPresent(this::suspect));
        } finally {
            publishing = null;
        }
    }

    /** The relay brings the entries later, or not at all. */
    private void answerAhead(RoomName name, List<Appended> appended) {
        Optional<Room> room = rooms.apply(name);
        long last =
                appended.stream().mapToLong(each -> each.entry().seq()).max().orElseThrow();
        put(name, () -> {
            appended.forEach(LogListener::answer);
            room.ifPresent(present -> present.reaches(last));
        });
    }

    @Override
    public void heard(List<Entry> entries) {
        boolean answersToo = Thread.currentThread() == publishing;
        byRoom(entries, Entry::room).forEach((name, heard) -> {
            List<Appended> before = answersToo ? answers.remove(name) : null;
            List<Appended> answered = before == null ? List.of() : before;
            // Looked up now, and not on the loop: a room that is made later reads these entries from the log.
            Optional<Room> room = rooms.apply(name);
            put(name, () -> {
                answered.forEach(LogListener::answer);
                room.ifPresent(present -> present.heard(heard));
            });
        });
    }

    @Override
    public void missed() {
        all.get().forEach(this::suspect);
    }

    private void suspect(Room room) {
        put(room.name, room::missed);
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
