package dev.parley.testing;

import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The messages that came on one connection, in their order, until someone takes them out. For one thread. */
final class ReceivedMessages {
    private final RawClient connection;
    private final Deque<JsonObject> kept = new ArrayDeque<>();

    ReceivedMessages(RawClient connection) {
        this.connection = connection;
    }

    /**
     * Takes out the oldest message that fits, and waits for one where none is there. The others stay for later.
     *
     * @return empty when the connection ends first
     * @throws AssertionError with {@code what} when neither happens within {@link RawClient#PATIENCE}
     */
    Optional<JsonObject> next(String what, Predicate<JsonObject> wanted) {
        long until = System.nanoTime() + RawClient.PATIENCE.toNanos();
        Optional<JsonObject> found = take(wanted);
        while (found.isEmpty()) {
            // Beats go on coming, so that waiting for a frame alone would never end.
            if (System.nanoTime() > until) {
                throw new AssertionError(what + " didn't come; heard " + kept);
            }
            Optional<Frame> frame = connection.readMessage();
            if (frame.isEmpty()) {
                return Optional.empty();
            }
            found = add(frame.get(), wanted);
        }
        return found;
    }

    private Optional<JsonObject> take(Predicate<JsonObject> wanted) {
        for (Iterator<JsonObject> each = kept.iterator(); each.hasNext(); ) {
            JsonObject message = each.next();
            if (wanted.test(message)) {
                each.remove();
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    /** Keeps the messages of a frame, but for the first one that fits. */
    private Optional<JsonObject> add(Frame frame, Predicate<JsonObject> wanted) {
        Optional<JsonObject> found = Optional.empty();
        for (JsonObject message : messages(frame)) {
            if (found.isEmpty() && wanted.test(message)) {
                found = Optional.of(message);
            } else {
                kept.add(message);
            }
        }
        return found;
    }

    private List<JsonObject> messages(Frame frame) {
        List<JsonObject> all = new ArrayList<>();
        boolean runs = connection.header("Sec-WebSocket-Protocol").equals(Optional.of("parley.v2"));
        for (JsonObject message : Messages.in(frame, runs)) {
            all.add(message);
            // Who joined by a plain line may find that line, and what followed, on the page that the joining brings.
            if (Messages.is(message, "joined") && !message.containsKey("ref")) {
                all.addAll(Messages.entries(message));
            }
        }
        return all;
    }

    /** Takes out everything that has come; doesn't wait. */
    List<JsonObject> takeAll() {
        while (connection.hasMore()) {
            connection.readMessage().ifPresent(frame -> kept.addAll(messages(frame)));
        }
        List<JsonObject> all = List.copyOf(kept);
        kept.clear();
        return all;
    }

    @Override
    public String toString() {
        return kept.toString();
    }
}
