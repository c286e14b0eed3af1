package dev.parley.testing;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Someone at the other end of a connection, in the words of the protocol: {@code ann.joins("lobby"); ann.says("hi");
 * bob.hears("hi")}. What comes is kept in its order until someone asks for it. A message that does not come within
 * {@link RawClient#PATIENCE}, or a connection that ends before it, is an {@link AssertionError}. For one thread.
 */
public final class Person implements AutoCloseable {
    /** As protocol.md says. */
    private static final int MOST_ON_A_PAGE = 200;

    private final RawClient line;
    private final ReceivedMessages heard;
    private JsonObject welcome;
    private int refs;

    private Person(RawClient line) {
        this.line = line;
        this.heard = new ReceivedMessages(line);
    }

    /** Someone who has connected and said nothing yet, not even a name. */
    public static Person at(URI chat) {
        return on(RawClient.open(chat));
    }

    /** Someone who has connected and said hello, with fields such as {@code name} or {@code session}. */
    public static Person at(URI chat, Map<String, ?> hello) {
        return on(RawClient.open(chat), hello);
    }

    /** Someone who hasn't said anything yet, not even a name. */
    public static Person on(RawClient line) {
        return new Person(line);
    }

    /** Someone who has said hello, with fields such as {@code name} or {@code session}. */
    public static Person on(RawClient line, Map<String, ?> hello) {
        Person person = new Person(line);
        person.welcome = person.asks("hello", hello);
        return person;
    }

    /** The same, after its welcome was heard by someone else. */
    public Person welcomed(JsonObject heardAlready) {
        welcome = heardAlready;
        return this;
    }

    public RawClient line() {
        return line;
    }

    public JsonObject welcome() {
        if (welcome == null) {
            welcome = awaits("welcome");
        }
        return welcome;
    }

    /** The name under which others see this person. */
    public String name() {
        return welcome().getString("user");
    }

    public String session() {
        return welcome().getString("session");
    }

    public JsonObject joins(String room) {
        return joins(room, Map.of());
    }

    public JsonObject joins(String room, Map<String, ?> more) {
        return asks("join", Messages.with(more, "room", room));
    }

    /** Comes back to a room as a client does that saw {@code since} last. */
    public JsonObject resumes(String room, long since, String epoch) {
        return joins(room, Map.of("since", since, "epoch", epoch));
    }

    public JsonObject leaves(String room) {
        return asks("leave", Map.of("room", room));
    }

    /** Says something in the room last joined; the answer, which is {@code said}. */
    public JsonObject says(String text) {
        return asks("say", Map.of("text", text));
    }

    public JsonObject says(String room, String text) {
        return asks("say", Map.of("room", room, "text", text));
    }

    public JsonObject says(String room, String id, String text) {
        return asks("say", Map.of("room", room, "id", id, "text", text));
    }

    public JsonObject asksForHistory(String room, Map<String, ?> more) {
        return asks("history", Messages.with(more, "room", room));
    }

    /** The whole log of a room, page by page. */
    public List<JsonObject> readsLog(String room) {
        List<JsonObject> log = new ArrayList<>();
        JsonObject page;
        do {
            page = asksForHistory(room, Map.of("after", log.size(), "limit", MOST_ON_A_PAGE));
            log.addAll(Messages.entries(page));
        } while (page.getBoolean("more"));
        return log;
    }

    /** Sends bytes with a header such as {@code say}'s, and waits for {@code said} or an error. */
    public JsonObject saysBytes(byte[] content, Map<String, ?> header) {
        JsonObject request = request("say", header);
        line.send(new Frame(true, Frame.BINARY, Messages.binary(request, content)));
        return reply(request);
    }

    /** A request with a {@code ref} of its own; its reply, which must be no error. */
    public JsonObject asks(String type, Map<String, ?> fields) {
        JsonObject reply = answerTo(type, fields);
        if (reply.getString("type").equals("error")) {
            throw new AssertionError(type + " " + fields + " was refused: " + reply);
        }
        return reply;
    }

    /** A request that must fail; the code of the error that answers it. */
    public String isRefused(String type, Map<String, ?> fields) {
        JsonObject reply = answerTo(type, fields);
        if (!reply.getString("type").equals("error")) {
            throw new AssertionError(type + " " + fields + " was not refused: " + reply);
        }
        return reply.getString("code");
    }

    /** A request with a {@code ref} of its own; its reply, which may be an error. */
    public JsonObject answerTo(String type, Map<String, ?> fields) {
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
        JsonObjectBuilder request = Messages.builder(type, fields);
        return fields.containsKey("ref")
                ? request.build()
                : request.add("ref", ++refs).build();
    }

    /** Sends a message without a {@code ref}, and doesn't wait. */
    public void sends(String type, Map<String, ?> fields) {
        line.send(Messages.builder(type, fields).build().toString());
    }

    /** The same with bytes. */
    public void sendsBytes(byte[] content, Map<String, ?> header) {
        JsonObject message = Messages.builder("say", header).build();
        line.send(new Frame(true, Frame.BINARY, Messages.binary(message, content)));
    }

    /** Waits for an entry with this text. */
    public JsonObject hears(String text) {
        return awaits(
                "the entry '" + text + "'",
                message -> Messages.is(message, "entry") && text.equals(message.getString("text", "")));
    }

    /** Waits for so many entries of a room; in the order in which they came. */
    public List<JsonObject> hears(int count, String room) {
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
    public List<JsonObject> hearsUntil(String text, String room) {
        List<JsonObject> entries = new ArrayList<>();
        do {
            entries.addAll(hears(1, room));
        } while (!text.equals(entries.get(entries.size() - 1).getString("text", "")));
        return entries;
    }

    /** Waits until this room hears that someone came or went. */
    public void seesOnline(String user, boolean online) {
        awaits(
                user + (online ? " online" : " offline"),
                message -> Messages.is(message, "presence")
                        && user.equals(message.getString("user"))
                        && message.getBoolean("online") == online);
    }

    public JsonObject awaits(String type) {
        return awaits(type, message -> Messages.is(message, type));
    }

    /** Sends a beat and waits for one: whatever was answered at once before it, has come then. */
    public void awaitsBeat() {
        sends("beat", Map.of());
        awaits("beat");
    }

    /** The oldest message, not asked for yet, that fits; the others stay for later. */
    public JsonObject awaits(String what, Predicate<JsonObject> wanted) {
        return awaitsUnlessClosed(what, wanted)
                .orElseThrow(() -> new AssertionError(
                        "the connection ended with " + line.closeCode() + " before " + what + "; heard " + heard));
    }

    /** The same; empty when the connection ends first. */
    public Optional<JsonObject> awaitsUnlessClosed(String what, Predicate<JsonObject> wanted) {
        return heard.next(what, wanted);
    }

    /** Everything that has come and that nobody asked for; doesn't wait. */
    public List<JsonObject> hasHeard() {
        return heard.takeAll();
    }

    /** Waits for the server's close frame; its code. */
    public int isClosed() {
        return line.awaitClose();
    }

    /** Goes without a word, as when a cable is pulled. */
    public void vanishes() {
        line.reset();
    }

    @Override
    public void close() {
        line.close();
    }
}
