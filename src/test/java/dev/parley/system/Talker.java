package dev.parley.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A guest who talks in all rooms until the line breaks, and knows what of it is said and what is in doubt. */
final class Talker {
    /** How many messages are under way at any time while it talks. */
    static final int UNDER_WAY = 16;

    private static final int ATTACHMENT_EVERY = 16;
    private static final int SIZES = 40;

    final Guest guest;
    private final List<RoomName> rooms;
    private final AtomicInteger last = new AtomicInteger();
    private final AtomicInteger talking = new AtomicInteger();
    private final Map<String, Message> doubts = new ConcurrentHashMap<>();
    private final Set<Entry> said = ConcurrentHashMap.newKeySet();
    private final Queue<ErrorCode> refusals = new ConcurrentLinkedQueue<>();
    private volatile Runnable observer;

    private record Message(RoomName room, String id, Body body) {}

    Talker(String name, List<RoomName> rooms) {
        this.guest = new Guest(name);
        this.rooms = rooms;
    }

    /** Begins to talk. @param observer is run at once when something is known to be said */
    void talks(Runnable observer) {
        this.observer = observer;
        talking.set(UNDER_WAY);
        for (int i = 0; i < UNDER_WAY; i++) {
            goesOn();
        }
    }

    private void goesOn() {
        say(next()).whenComplete((done, failure) -> {
            if (failure == null) {
                observer.run();
                goesOn();
            } else {
                talking.decrementAndGet();
            }
        });
    }

    private Message next() {
        int number = last.incrementAndGet();
        String id = guest.name() + "-" + number;
        String text = id.repeat(1 + number % SIZES);
        Body body = number % ATTACHMENT_EVERY == 0
                ? new Body.Attachment("text/plain", null, ByteBuffer.wrap(text.getBytes(UTF_8)))
                : new Body.Text(text);
        Message message = new Message(rooms.get(number % rooms.size()), id, body);
        doubts.put(id, message);
        return message;
    }

    private CompletableFuture<ServerMessage.Said> say(Message message) {
        return guest.say(message.room, message.id, message.body).whenComplete((done, failure) -> {
            if (failure == null) {
                said.add(new Entry(message.room, done.seq(), done.id(), guest.name(), done.at(), message.body));
                doubts.remove(message.id);
            } else {
                refusals.add(((ParleyException) failure).code());
            }
        });
    }

    /** Whether any message is still under way. */
    boolean isTalking() {
        return talking.get() > 0;
    }

    /** Says again, under the same ids, what it doesn't know to be said. */
    void repeatsWhatIsInDoubt() {
        List.copyOf(doubts.values()).stream().map(this::say).toList().forEach(Guest::ends);
    }

    /** How many messages it doesn't know to be said. */
    int doubts() {
        return doubts.size();
    }

    /** The entries that the server's acknowledgements promise. */
    Set<Entry> said() {
        return said;
    }

    /** Why messages were not said, until now. */
    List<ErrorCode> refusals() {
        return List.copyOf(refusals);
    }
}
