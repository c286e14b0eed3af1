package dev.parley.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.loop.Loops;
import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Relay} promises, and what rooms make of it: members get all, once and in order, whatever the relay
 * does. The test of a relay extends this class.
 */
public abstract class RelayContract {
    private static final RoomName ROOM = RoomScenario.ROOM;
    private static final int SPEAKERS = 4;
    private static final int MESSAGES = 150;
    private static final long ALL = SPEAKERS * MESSAGES;

    /**
     * Makes a relay that was not started yet.
     *
     * @param seed another one for each test, for a relay that does something at random
     */
    protected abstract Relay relay(long seed);

    /** Called after a conversation of {@value #SPEAKERS} members with many messages: whether the relay did what it is for. */
    protected void assertWorked() {}

    private final Loops loops = new Loops(2, Executors.defaultThreadFactory());
    private final List<HearingMember> members = new ArrayList<>();
    private MemoryLog log;
    private Relay relay;
    private Rooms rooms;
    private Random random;

    @AfterEach
    void end() {
        if (log != null) {
            log.close();
        }
        relay.close();
        loops.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingIsLostDoubledOrOutOfOrder(long seed) {
        random = new Random(seed);
        log = new MemoryLog(seed);
        relay = relay(seed);
        rooms = new Rooms(log, relay, loops, entry -> {});
        rooms.start();

        List<HearingMember> speakers =
                IntStream.range(0, SPEAKERS).mapToObj(i -> joins(0)).toList();
        await().until(() -> speakers.stream().allMatch(HearingMember::hasJoined));
        for (int number = 0; number < MESSAGES; number++) {
            for (HearingMember speaker : speakers) {
                String id = number + "-" + speakers.indexOf(speaker);
                speaker.membership.say(new ClientMessage.Say(null, ROOM, id, new Body.Text(id)), result -> {});
            }
            if (number % 10 == 0) {
                joins(random.nextLong(log.last() + 1));
            }
            if (number % 30 == 29) {
                comesBack(members.get(random.nextInt(SPEAKERS, members.size())));
            }
            if (number % 5 == 4) {
                long said = (number + 1L) * SPEAKERS;
                await().pollInSameThread()
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> log.last() == said);
            }
        }

        await().until(() -> members.stream().allMatch(member -> member.hasLeft() || member.position() == ALL));
        for (HearingMember member : members) {
            assertThat(member.lost()).isEmpty();
            assertThat(member.seqs())
                    .isEqualTo(LongStream.rangeClosed(member.since + 1, member.position())
                            .boxed()
                            .toList());
        }
        await().until(() ->
                speakers.stream().allMatch(speaker -> speaker.answers().size() == MESSAGES));
        for (HearingMember speaker : speakers) {
            assertThat(speaker.answers()).isSorted().doesNotHaveDuplicates();
        }
        assertWorked();
    }

    @Test
    void whatIsPublishedIsHeardOrMissed() {
        List<Entry> heard = new CopyOnWriteArrayList<>();
        AtomicBoolean missed = new AtomicBoolean();
        AtomicLong erased = new AtomicLong();
        List<Entry> published =
                LongStream.rangeClosed(1, 20).mapToObj(RoomScenario::entry).toList();
        relay = relay(0);
        relay.start(new Relay.Listener() {
            @Override
            public void heard(List<Entry> entries) {
                heard.addAll(entries);
            }

            @Override
            public void heardErased(List<ServerMessage.Erased> heard) {
                erased.set(heard.get(0).seq());
            }

            @Override
            public void missed() {
                missed.set(true);
            }
        });
        try {
            relay.publish(published);
        } catch (RuntimeException failed) {
            missed.set(true);
        }
        await().until(() -> missed.get() || heard.containsAll(published));
        relay.publishErased(List.of(new ServerMessage.Erased(ROOM, 7)));
        await().until(() -> erased.get() == 7);
        assertThat(published).containsAll(heard);
    }

    private HearingMember joins(long since) {
        HearingMember member = new HearingMember(since, random.nextLong());
        members.add(member);
        member.membership = rooms.join(member, new ClientMessage.Join(null, ROOM, since, null, 0));
        return member;
    }

    private void comesBack(HearingMember member) {
        if (!member.hasLeft()) {
            await().until(member::hasJoined);
            member.membership.leave(new ServerMessage.Left(null, ROOM));
            await().until(member::hasLeft);
            joins(member.position());
        }
    }
}
