package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What members send each other without storing it. */
class SignalTest extends RoomScenario {
    private static final User HERALD = new User("bean:herald", new UserName("herald"));

    private static Body number(String kind, int value) {
        return new Body.Data(kind, String.valueOf(value));
    }

    private static ServerMessage.Signal from(User user, Body body) {
        return new ServerMessage.Signal(ROOM, user.name(), user.id(), body);
    }

    /** A room of so many members beside the guest; the first of them. */
    private Membership roomOf(int members) {
        Membership first = null;
        List<Guest> others = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            Guest other = new Guest();
            other.user = new User("guest:" + i, new UserName("guest-" + i));
            others.add(other);
            Membership membership = rooms.join(other, new ClientMessage.Join(null, ROOM, null, null, 0));
            first = first == null ? membership : first;
        }
        joins(0);
        await().until(() -> guest.hasJoined() && others.stream().allMatch(Guest::hasJoined));
        return first;
    }

    /** Whatever these are, the loop does them in one row. */
    private void inOneRow(Runnable tasks) {
        CompletableFuture<Void> held = new CompletableFuture<>();
        loops.of(0).add(held::join);
        tasks.run();
        held.complete(null);
    }

    @Test
    void aSignalGoesToTheOthersAndOneOfTheApplicationToAll() {
        Membership sender = roomOf(1);
        Guest other = (Guest) sender.member;
        sender.signal(new Body.Text("hi"));
        await().until(() -> guest.hinted.size() == 1);
        rooms.signal(ROOM, HERALD, number("tick", 1));
        await().until(() -> guest.hinted.size() == 2 && other.hinted.size() == 1);
        assertThat(guest.hinted)
                .containsExactly(from(other.user, new Body.Text("hi")), from(HERALD, number("tick", 1)));
        assertThat(other.hinted).containsExactly(from(HERALD, number("tick", 1)));
    }

    /** The interval of a room of 300 members is 30 ms: most of these come within one. */
    @Test
    void ofManySignalsOfOneKindTheLastOneComesAndNotEachBefore() {
        Membership sender = roomOf(300);
        inOneRow(() -> {
            for (int i = 0; i <= 100; i++) {
                sender.signal(number("a", i));
                sender.signal(number("b", i));
            }
        });
        User user = sender.member.user();
        await().until(() -> guest.hinted.contains(from(user, number("a", 100)))
                && guest.hinted.contains(from(user, number("b", 100))));
        assertThat(guest.hinted).hasSizeLessThan(200);
    }

    @Test
    void whatIsMoreThanARoomHoldsIsDropped() {
        Membership sender = roomOf(300);
        String large = "\"" + "x".repeat(8_000) + "\"";
        inOneRow(() -> {
            for (int i = 0; i < 100; i++) {
                sender.signal(new Body.Data("kind-" + i, large));
            }
        });
        User user = sender.member.user();
        await().until(() -> {
            sender.signal(new Body.Text("last"));
            return guest.hinted.contains(from(user, new Body.Text("last")));
        });
        assertThat(guest.hinted)
                .filteredOn(ServerMessage.Signal.class::isInstance)
                .extracting(signal -> ((ServerMessage.Signal) signal).body())
                .filteredOn(Body.Data.class::isInstance)
                .hasSizeLessThan(100);
    }

    /** A short content is no small signal: it has names, and it is an object. */
    @Test
    void manySmallSignalsAreBoundedToo() {
        Membership sender = roomOf(300);
        inOneRow(() -> {
            for (int i = 0; i < 1_000; i++) {
                sender.signal(number("kind-" + i, 1));
            }
            // One that waits gives way only to what has space.
            sender.signal(new Body.Data("kind-200", "\"" + "x".repeat(8_000) + "\""));
        });
        await().until(() -> guest.hinted.contains(from(sender.member.user(), number("kind-200", 1))));
        assertThat(guest.hinted).hasSizeLessThan(500);
    }

    @Test
    void whoHasLeftSendsNothingMore() {
        Membership sender = roomOf(1);
        sender.leave(null);
        sender.signal(new Body.Text("too late"));
        rooms.signal(ROOM, HERALD, number("tick", 1));
        await().until(() -> !guest.hinted.isEmpty());
        assertThat(guest.hinted).containsExactly(from(HERALD, number("tick", 1)));
    }
}
