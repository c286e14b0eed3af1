package dev.parley.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.testing.Frame;
import dev.parley.testing.RawClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Someone at the other end of a connection, in the words of the protocol. What comes is kept in its order until someone
 * asks for it. For one thread.
 */
final class Person implements AutoCloseable {
    private final RawClient line;
    private final Deque<JsonObject> heard = new ArrayDeque<>();
    private JsonObject welcome;
    private int refs;

    private Person(RawClient line) {
        this.line = line;
    }

    /** Someone who hasn't said anything yet, not even a name. */
    static Person on(RawClient line) {
        return new Person(line);
    }

    /** Someone who has said hello, with fields such as {@code name} or {@code session}. */
    static Person on(RawClient line, Map<String, ?> hello) {
        Person person = new Person(line);
        person.welcome = person.asks("hello", hello);
        return person;
    }

    /** The same, after its welcome was heard by someone else. */
    Person welcomed(JsonObject heardAlready) {
        welcome = heardAlready;
        return this;
    }

    RawClient line() {
        return line;
    }

    JsonObject welcome() {
        if (welcome == null) {
            welcome = awaits("welcome");
        }
        return welcome;
    }

    /** The name under which others see this person. */
    String name() {
        return welcome().getString("user");
    }

    String session() {
        return welcome().getString("session");
    }

    JsonObject joins(String room) {
        return joins(room, Map.of());
    }

    JsonObject joins(String room, Map<String, ?> more) {
        return asks("join", Messages.with(more, "room", room));
    }

    /** Comes back to a room as a client does that saw {@code since} last. */
    JsonObject resumes(String room, long since, String epoch) {
        return joins(room, Map.of("since", since, "epoch", epoch));
    }

    JsonObject leaves(String room) {
        return asks("leave", Map.of("room", room));
    }

    /** Says something in the room last joined; the answer, which is {@code said}. */
    JsonObject says(String text) {
        return asks("say", Map.of("text", text));
    }

    JsonObject says(String room, String text) {
        return asks("say", Map.of("room", room, "text", text));
    }

    JsonObject says(String room, String id, String text) {
        return asks("say", Map.of("room", room, "id", id, "text", text));
    }

    JsonObject asksForHistory(String room, Map<String, ?> more) {
        return asks("history", Messages.with(more, "room", room));
    }

    /** Sends bytes with a header such as {@code say}'s, and waits for {@code said}. */
    JsonObject saysBytes(byte[] content, Map<String, ?> header) {
        JsonObject request = request("say", header);
        line.send(
                new Frame(true, Frame.BINARY, Messages.binary(request.toString().getBytes(UTF_8), content)));
        return reply(request);
    }

    /** A request with a {@code ref} of its own; its reply, which must be no error. */
    JsonObject asks(String type, Map<String, ?> fields) {
        JsonObject reply = answerTo(type, fields);
        if (reply.getString("type").equals("error")) {
            throw new AssertionError(type + " " + fields + " was refused: " + reply);
        }
        return reply;
    }

    /** A request that must fail; the code of the error that answers it. */
    String isRefused(String type, Map<String, ?> fields) {
        JsonObject reply = answerTo(type, fields);
        if (!reply.getString("type").equals("error")) {
            throw new AssertionError(type + " " + fields + " was not refused: " + reply);
        }
        return reply.getString("code");
    }

    private JsonObject answerTo(String type, Map<String, ?> fields) {
        JsonObject request = request(type, fields);
        line.send(request.toString());
        return reply(request);
    }

    private JsonObject reply(JsonObject request) {
        return awaits(
                "the reply to " + request.getString("type"),
                message -> request.get("ref").equals(message.get("ref")));
    }

    private JsonObject request(String type, Map<String, ?> fields) {
        JsonObjectBuilder request = Json.createObjectBuilder(fields).add("type", type);
        return fields.containsKey("ref")
                ? request.build()
                : request.add("ref", ++refs).build();
    }

    /** Sends a message without a {@code ref}, and doesn't wait. */
    void sends(String type, Map<String, ?> fields) {
        line.send(Json.createObjectBuilder(fields).add("type", type).build().toString());
    }

    /** Waits for an entry with this text. */
    JsonObject hears(String text) {
        return awaits(
                "the entry '" + text + "'",
                message -> Messages.is(message, "entry") && text.equals(message.getString("text", "")));
    }

    /** Waits for so many entries of a room; in the order in which they came. */
    List<JsonObject> hears(int count, String room) {
        List<JsonObject> entries = new ArrayList<>(count);
        while (entries.size() < count) {
            int number = entries.size() + 1;
            entries.add(awaits(
                    "entry " + number + " of " + count + " in " + room,
                    message -> Messages.is(message, "entry") && room.equals(message.getString("room"))));
        }
        return entries;
    }

    /** All entries of a room until the one with this text, that one included. */
    List<JsonObject> hearsUntil(String text, String room) {
        List<JsonObject> entries = new ArrayList<>();
        do {
            entries.addAll(hears(1, room));
        } while (!text.equals(entries.get(entries.size() - 1).getString("text", "")));
        return entries;
    }

    /** Waits until this room hears that someone came or went. */
    void seesOnline(String user, boolean online) {
        awaits(
                user + (online ? " online" : " offline"),
                message -> Messages.is(message, "presence")
                        && user.equals(message.getString("user"))
                        && message.getBoolean("online") == online);
    }

    JsonObject awaits(String type) {
        return awaits(type, message -> Messages.is(message, type));
    }

    /** Sends a beat and waits for one: whatever was answered at once before it, has come then. */
    void awaitsBeat() {
        sends("beat", Map.of());
        awaits("beat");
    }

    /** The oldest message, not asked for yet, that fits; the others stay for later. */
    JsonObject awaits(String what, Predicate<JsonObject> wanted) {
        long until = System.nanoTime() + RawClient.PATIENCE.toNanos();
        Optional<JsonObject> kept = takes(wanted);
        while (kept.isEmpty()) {
            // Beats go on coming, so that waiting for a frame alone would never end.
            if (System.nanoTime() > until) {
                throw new AssertionError(what + " didn't come; heard " + heard);
            }
            Frame frame = line.readMessage()
                    .orElseThrow(() -> new AssertionError(
                            "the connection ended with " + line.closeCode() + " before " + what + "; heard " + heard));
            hears(frame);
            kept = takes(wanted);
        }
        return kept.get();
    }

    private void hears(Frame frame) {
        for (JsonObject message : Messages.in(frame)) {
            heard.add(message);
            // Who joined by a plain line may find that line, and what followed, on the page that the joining brings.
            if (Messages.is(message, "joined") && !message.containsKey("ref")) {
                heard.addAll(Place.entries(message));
            }
        }
    }

    private Optional<JsonObject> takes(Predicate<JsonObject> wanted) {
        for (Iterator<JsonObject> each = heard.iterator(); each.hasNext(); ) {
            JsonObject message = each.next();
            if (wanted.test(message)) {
                each.remove();
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    /** Everything that has come and that nobody asked for; doesn't wait. */
    List<JsonObject> hasHeard() {
        while (line.hasMore()) {
            line.readMessage().ifPresent(this::hears);
        }
        List<JsonObject> all = List.copyOf(heard);
        heard.clear();
        return all;
    }

    /** Waits until a {@code joined} comes, or the connection ends; whether it was the former. */
    boolean hasGoneOn() {
        long until = System.nanoTime() + RawClient.PATIENCE.toNanos();
        while (takes(message -> Messages.is(message, "joined")).isEmpty()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("neither joined nor the end came; heard " + heard);
            }
            Optional<Frame> frame = line.readMessage();
            if (frame.isEmpty()) {
                return false;
            }
            hears(frame.get());
        }
        return true;
    }

    /** Waits for the server's close frame; its code. */
    int isClosed() {
        return line.awaitClose();
    }

    /** Goes without a word, as when a cable is pulled. */
    void vanishes() {
        line.reset();
    }

    @Override
    public void close() {
        line.close();
    }
}
