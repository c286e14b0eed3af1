package dev.parley.room;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftListener;
import dev.parley.log.EntryListener;
import dev.parley.log.ErasureScope;
import dev.parley.loop.Loops;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
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
 * Passes the results of drafts, and new entries, to the loops of the rooms. Thread-safe. The log calls it on its writer
 * thread.
 *
 * <pre>
 *   log ──▶ stored: answers ─────────────────┐
 *       ──▶ added ──▶ relay ──▶ heard ───────┴──▶ one task of the room's loop
 *                 └─ heard later: the answers don't wait for it
 * </pre>
 *
 * <p>If the relay brings the entries of a room before {@link Relay#publish} returns, the answers to their senders and these
 * entries are one task of the room's loop. So a sender gets its answer and its entry in one frame.
 */
final class LogListener implements DraftListener, EntryListener, Relay.Listener {
    private static final Logger LOG = System.getLogger(LogListener.class.getName());

    private final Loops loops;
    private final Relay relay;
    private final Function<RoomName, Optional<Room>> rooms;
    private final Supplier<List<Room>> all;
    private final Erasures erasures;
    private final Invitations invitations;
    private final Consumer<Entry> observer;
    /** The results of the current transaction, by room, for rooms with new entries. Confined to the writer thread. */
    private final Map<RoomName, List<Appended>> answers = new HashMap<>();
    /** The writer thread, while it publishes. */
    private volatile Thread publishing;

    /**
     * @param rooms finds a room that has members
     * @param all returns all rooms that have members
     * @param erasures gets each erased entry before the rooms do
     * @param invitations gets the new entries of direct rooms
     * @param observer gets each new entry once
     */
    LogListener(
            Loops loops,
            Relay relay,
            Function<RoomName, Optional<Room>> rooms,
            Supplier<List<Room>> all,
            Erasures erasures,
            Invitations invitations,
            Consumer<Entry> observer) {
        this.loops = loops;
        this.relay = relay;
        this.rooms = rooms;
        this.all = all;
        this.erasures = erasures;
        this.invitations = invitations;
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
            LOG.log(Level.ERROR, "The relay failed; the rooms read the entries from the log", e);
            entries.stream().map(Entry::room).distinct().forEach(name -> {
                rooms.apply(name).ifPresent(this::suspect);
                invitations.missed(name);
            });
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
            // The lookup is not on the loop: a room that is made later reads these entries from the log.
            Optional<Room> room = rooms.apply(name);
            put(name, () -> {
                answered.forEach(LogListener::answer);
                room.ifPresent(present -> present.heard(heard));
                if (name.isDirect()) {
                    invitations.heard(
                            name,
                            heard,
                            member -> room.isPresent() && room.get().has(member));
                }
            });
        });
    }

    @Override
    public void erasing(ErasureScope scope, long until) {
        erasures.add(scope, until);
        all.get().forEach(room -> put(room.name, () -> room.erasing(scope)));
    }

    @Override
    public void erased(List<ServerMessage.Erased> erased) {
        erased.forEach(erasures::add);
        try {
            relay.publishErased(erased);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The relay failed; the members on this node are notified without it", e);
            heardErased(erased);
        }
    }

    @Override
    public void heardErased(List<ServerMessage.Erased> erased) {
        erased.forEach(erasures::add);
        byRoom(erased, ServerMessage.Erased::room)
                .forEach((name, heard) -> rooms.apply(name).ifPresent(room -> put(name, () -> room.erased(heard))));
    }

    @Override
    public void missed() {
        all.get().forEach(this::suspect);
        invitations.missed();
    }

    private void suspect(Room room) {
        put(room.name, room::missed);
    }

    @Override
    public void refused(List<Draft> drafts, ParleyException why) {
        answer(drafts, outcome -> outcome.refused(why));
    }

    @Override
    public void unknown(List<Draft> drafts, ParleyException why) {
        answer(drafts, outcome -> outcome.unknown(why));
    }

    private void answer(List<Draft> drafts, Consumer<Draft.Outcome> answer) {
        byRoom(drafts, Draft::room)
                .forEach((name, answered) ->
                        put(name, () -> answered.forEach(draft -> answer(draft.outcome(), answer))));
    }

    /** The task runs on the room's loop even if the room has no members, never on the log's writer thread. */
    private void put(RoomName name, Runnable task) {
        loops.of(name.hashCode()).put(task);
    }

    private void observe(Entry entry) {
        try {
            observer.accept(entry);
        } catch (RuntimeException | Error e) {
            // The entry is durable, so its sender and its room must still get it.
            LOG.log(Level.ERROR, "An observer of the log failed", e);
        }
    }

    /** If one sender can't be answered, the others still are. */
    private static void answer(Appended appended) {
        answer(appended.draft().outcome(), outcome -> {
            if (appended.repeated()) {
                outcome.repeated(appended.entry());
            } else {
                outcome.said(appended.entry());
            }
        });
    }

    private static void answer(Draft.Outcome outcome, Consumer<Draft.Outcome> answer) {
        try {
            answer.accept(outcome);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The sender of a message could not be answered", e);
        }
    }

    private static <T> Map<RoomName, List<T>> byRoom(List<T> all, Function<T, RoomName> room) {
        return all.stream().collect(Collectors.groupingBy(room));
    }
}
