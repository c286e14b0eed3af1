package dev.parley.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Heap;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A room without members costs nothing, however many there were and however many were in it. */
@Timeout(300)
class MemoryIT {
    private static final int ROOMS = 5_000;
    private static final int ROOMS_AT_A_TIME = 1_000;
    private static final int MEMBERS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What the log remembers of the rooms that were spoken in last: at most 10,000 of them, with some 200 bytes each. */
    private static final long REMEMBERED = 3L << 20;

    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(Map.of("parley.rate", "1000000", "parley.quota.rooms.made", "1000000"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void roomsThatWereLeftAreGone() {
        try (Person ann = Person.at(server.chat())) {
            visit(ann, 0, ROOMS_AT_A_TIME);
            Heap before = heap();
            assertThat(before.count("dev.parley.room.Room")).isZero();
            for (int first = 0; first < ROOMS; first += ROOMS_AT_A_TIME) {
                visit(ann, first, ROOMS_AT_A_TIME);
            }
            Heap after = heap();
            assertThat(after.count("dev.parley.room.Room")).as("rooms").isZero();
            assertThat(after.count("dev.parley.room.Membership"))
                    .as("memberships")
                    .isZero();
            assertThat(after.bytes() - before.bytes())
                    .as("bytes more than before")
                    .isLessThan(REMEMBERED);
        }
    }

    @Test
    void aLargeRoomThatEverybodyLeftIsGone() {
        List<Person> members = new ArrayList<>();
        try {
            for (int i = 0; i < MEMBERS; i++) {
                Person member = Person.at(server.chat());
                members.add(member);
                member.joins("hall", Map.of("limit", 0));
            }
            Heap full = heap();
            assertThat(full.count("dev.parley.room.Membership"))
                    .as("memberships while they are here")
                    .isEqualTo(MEMBERS);
        } finally {
            members.forEach(Person::close);
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            Heap empty = heap();
            assertThat(empty.count("dev.parley.room.Room")).as("rooms").isZero();
            assertThat(empty.count("dev.parley.room.Membership"))
                    .as("memberships")
                    .isZero();
            assertThat(empty.count("dev.parley.endpoint.Connection"))
                    .as("connections")
                    .isZero();
        });
    }

    private static Heap heap() {
        return Heap.of(server.pid());
    }

    /** Joins many rooms, says something in each, and leaves them all. */
    private static void visit(Person visitor, int first, int count) {
        for (int i = first; i < first + count; i++) {
            visitor.sends("join", Map.of("room", "room-" + i, "limit", 0));
            visitor.sends("say", Map.of("room", "room-" + i, "text", "hi"));
        }
        for (int i = 0; i < count; i++) {
            visitor.awaits("said");
        }
        for (int i = first; i < first + count; i++) {
            visitor.sends("leave", Map.of("room", "room-" + i));
        }
        for (int i = 0; i < count; i++) {
            visitor.awaits("left");
        }
        visitor.hasHeard();
    }
}
