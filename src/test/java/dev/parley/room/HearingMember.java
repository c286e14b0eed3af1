package dev.parley.room;

import dev.parley.log.User;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Hears entries, and is too slow for some of them, as its seed says. Thread-safe. */
final class HearingMember implements Member {
    final long since;
    volatile Membership membership;
    private final List<ServerMessage> told = new CopyOnWriteArrayList<>();
    private final List<ParleyException> lost = new CopyOnWriteArrayList<>();
    /** For the room's loop alone. */
    private final Random random;

    /** @param since what it has heard already */
    HearingMember(long since, long seed) {
        this.since = since;
        this.random = new Random(seed);
    }

    /** All that it heard, in the order in which it came. */
    List<Long> seqs() {
        return told.stream()
                .flatMap(message -> message instanceof ServerMessage.Joined joined
                        ? joined.entries().stream()
                        : message instanceof Entry entry ? Stream.of(entry) : Stream.empty())
                .map(Entry::seq)
                .toList();
    }

    /** The entry that it heard last. */
    long position() {
        List<Long> seqs = seqs();
        return seqs.isEmpty() ? since : seqs.get(seqs.size() - 1);
    }

    /** The entries that what it said became. */
    List<Long> answers() {
        return told.stream()
                .filter(ServerMessage.Said.class::isInstance)
                .map(said -> ((ServerMessage.Said) said).seq())
                .toList();
    }

    boolean hasJoined() {
        return told.stream().anyMatch(ServerMessage.Joined.class::isInstance);
    }

    boolean hasLeft() {
        return told.stream().anyMatch(ServerMessage.Left.class::isInstance);
    }

    List<ParleyException> lost() {
        return lost;
    }

    @Override
    public User user() {
        return RoomScenario.ANN;
    }

    @Override
    public void tell(ServerMessage message) {
        told.add(message);
    }

    @Override
    public void tell(Broadcast broadcast) {
        told.addAll(broadcast.messages());
    }

    @Override
    public boolean offer(Broadcast broadcast) {
        if (random.nextInt(20) == 0) {
            return false;
        }
        tell(broadcast);
        return true;
    }

    @Override
    public boolean hint(Object key, Broadcast broadcast) {
        return true;
    }

    @Override
    public void whenReady(PageTurn turn) {
        turn.begin().whenComplete((done, failure) -> {
            if (failure != null) {
                lost(LogFailure.unavailable(failure));
            }
        });
    }

    @Override
    public void lost(ParleyException why) {
        lost.add(why);
    }
}
