package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.log.User;
import dev.parley.loop.Loops;
import dev.parley.message.ClientMessage;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.testing.EmptyLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What many who come, go and read at once are told of each other. */
class LargeRoomTest {
    private static final RoomName ROOM = new RoomName("stadium");
    private static final int MANY = 400;

    private final Loops loops = new Loops(1, Executors.defaultThreadFactory());
    private final Rooms rooms = new Rooms(new TwoEntries(), new LocalRelay(), loops, entry -> {});
    private final List<Guest> guests =
            IntStream.range(0, MANY).mapToObj(Guest::new).toList();

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void everyoneKnowsInTheEndWhoIsThereAndIsToldOfManyTogether() throws InterruptedException {
        List<Membership> memberships = new ArrayList<>();
        allAtOnce(() -> guests.forEach(
                guest -> memberships.add(rooms.join(guest, new ClientMessage.Join(null, ROOM, null, null, 0)))));
        await().until(() -> guests.stream().allMatch(guest -> guest.present.size() == MANY));
        assertThat(guests.get(0).tellings).hasValueLessThan(MANY / 2);

        allAtOnce(() -> memberships.subList(MANY / 2, MANY).forEach(membership -> membership.leave(null)));
        List<Guest> staying = guests.subList(0, MANY / 2);
        await().until(() -> staying.stream().allMatch(guest -> guest.present.size() == MANY / 2));
        assertThat(guests.get(0).tellings).hasValueLessThan(MANY);
    }

    @Test
    void everyoneKnowsInTheEndHowFarTheOthersHaveRead() throws InterruptedException {
        List<Membership> memberships = new ArrayList<>();
        allAtOnce(() -> guests.forEach(
                guest -> memberships.add(rooms.join(guest, new ClientMessage.Join(null, ROOM, null, null, 0)))));
        await().until(() -> guests.stream().allMatch(guest -> guest.present.size() == MANY));
        allAtOnce(() -> memberships.forEach(membership -> {
            membership.read(1);
            membership.read(2);
        }));
        await().until(() -> guests.stream().allMatch(Guest::knowsThatAllHaveReadAll));
        assertThat(guests.get(0).hints).hasValueLessThan(MANY);
    }

    /** Whatever these are, the loop does them in one row. */
    private void allAtOnce(Runnable tasks) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        loops.of(0).offer(() -> {
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        tasks.run();
        held.countDown();
    }

    private static final class Guest implements Member {
        final Set<UserName> present = ConcurrentHashMap.newKeySet();
        final Map<UserName, Long> marks = new ConcurrentHashMap<>();
        final AtomicInteger tellings = new AtomicInteger();
        final AtomicInteger hints = new AtomicInteger();
        private final User user;

        Guest(int number) {
            user = new User("guest:" + number, new UserName("guest-" + number));
        }

        boolean knowsThatAllHaveReadAll() {
            return marks.size() >= MANY - 1 && marks.values().stream().allMatch(seq -> seq == 2);
        }

        @Override
        public User user() {
            return user;
        }

        @Override
        public void tell(ServerMessage message) {
            if (message instanceof ServerMessage.Joined joined) {
                present.addAll(joined.members());
            }
        }

        @Override
        public void tell(Broadcast broadcast) {
            tellings.incrementAndGet();
            for (ServerMessage message : broadcast.messages()) {
                ServerMessage.Presence presence = (ServerMessage.Presence) message;
                if (presence.online()) {
                    present.add(presence.user());
                } else {
                    present.remove(presence.user());
                }
            }
        }

        @Override
        public boolean offer(Broadcast broadcast) {
            return true;
        }

        @Override
        public boolean hint(Object key, Broadcast broadcast) {
            hints.incrementAndGet();
            for (ServerMessage message : broadcast.messages()) {
                ServerMessage.Read read = (ServerMessage.Read) message;
                marks.put(read.user(), read.seq());
            }
            return true;
        }

        @Override
        public void whenReady(PageTurn turn) {
            turn.begin();
        }

        @Override
        public void lost(ParleyException why) {
            throw why;
        }
    }

    /** With two entries that were read long ago. */
    private static final class TwoEntries extends EmptyLog {
        @Override
        public CompletionStage<Page> read(RoomName room, Range range) {
            return CompletableFuture.completedStage(new Page(List.of(), 2, false));
        }
    }
}
