package dev.parley.room;

import dev.parley.log.AttachmentPart;
import dev.parley.log.User;
import dev.parley.loop.Loops;
import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Rooms on one loop, with a log and a guest that do what the test says, at moments of its choice. */
abstract class RoomScenario {
    static final RoomName ROOM = new RoomName("garden");
    static final User ANN = new User("user:ann", new UserName("ann"));

    /** All that the loops have started. */
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    final ScriptedLog log = new ScriptedLog();
    final Guest guest = new Guest();
    final Loops loops = new Loops(1, task -> {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        threads.add(thread);
        return thread;
    });
    Rooms rooms;

    /** Between the log and the rooms. */
    Relay relay() {
        return new LocalRelay();
    }

    @BeforeEach
    void start() {
        rooms = new Rooms(log, relay(), loops, entry -> {});
        rooms.start();
    }

    @AfterEach
    void stop() {
        loops.close();
    }

    /** The guest asks to join, and for this many of the newest entries. */
    void joins(int limit) {
        rooms.join(guest, new ClientMessage.Join(null, ROOM, null, null, limit));
    }

    static Entry entry(long seq) {
        return new Entry(ROOM, seq, null, ANN.name(), ANN.id(), Instant.EPOCH, new Body.Text("number " + seq));
    }

    void fetches(long seq) {
        rooms.fetch(guest, new ClientMessage.Fetch(null, ROOM, seq, 0, null), 100);
    }

    /** Five bytes of an entry that has no more. */
    static Optional<AttachmentPart> attachment(long seq) {
        Body body = new Body.Reference("image/png", "a.png", 5);
        Entry entry = new Entry(ROOM, seq, null, ANN.name(), ANN.id(), Instant.EPOCH, body);
        return Optional.of(new AttachmentPart(entry, ByteBuffer.allocate(5)));
    }
}
