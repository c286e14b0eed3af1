package dev.parley.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.cli.load.Crowd;
import dev.parley.client.ChatClient;
import dev.parley.client.ChatListener;
import dev.parley.client.ClientOptions;
import dev.parley.client.Closed;
import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Someone on the Java client who talks in all rooms, whatever becomes of the line, and remembers what it heard and what
 * it was promised. Thread-safe.
 */
final class Talker implements ChatListener, AutoCloseable {
    /** How many messages are under way at most; more wait until one of them has ended. */
    static final int UNDER_WAY = 64;

    private static final int PATIENCE_SECONDS = 60;
    private static final int ATTACHMENT_EVERY = 16;
    /** Once in so often a text is as long as many chunks of a line. */
    private static final int LONG_EVERY = 50;

    private static final int LONG = 30_000;
    private static final int SHORT = 200;

    private final UserName name;
    private final List<RoomName> rooms;
    private final int longest;
    private final Random dice;
    private final Findings findings;
    private final Map<RoomName, Transcript> heard = new HashMap<>();
    private final Map<RoomName, Places> promised = new HashMap<>();
    private final Map<ErrorCode, AtomicInteger> refusals = new ConcurrentHashMap<>();
    private final Map<Integer, AtomicInteger> breaks = new ConcurrentHashMap<>();
    private final AtomicInteger farewells = new AtomicInteger();
    private final Set<UserName> gone = ConcurrentHashMap.newKeySet();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong said = new AtomicLong();
    private final AtomicInteger welcomes = new AtomicInteger();
    private volatile Runnable observer = () -> {};
    private volatile ChatClient client;
    private int last;

    /** @param longest the length of the longest text, where nothing else is said; 0 for some of everything */
    Talker(String name, List<RoomName> rooms, int longest, Random dice, Findings findings) {
        this.name = new UserName(name);
        this.rooms = rooms;
        this.longest = longest;
        this.dice = dice;
        this.findings = findings;
        rooms.forEach(room -> {
            heard.put(room, new Transcript(name, room, findings));
            promised.put(room, new Places());
        });
    }

    void comesTo(URI chat, ClientOptions options) {
        client = ChatClient.connect(chat, options.withName(name).withListener(this));
        rooms.forEach(room -> client.join(room)
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join());
    }

    /** @param observer is run at once when something is known to be said, on the client's own thread */
    void isObservedBy(Runnable observer) {
        this.observer = observer;
    }

    /** Says the next thing, unless too much is under way. For one thread. */
    void goesOn() {
        if (underWay.get() >= UNDER_WAY) {
            return;
        }
        RoomName room = rooms.get(dice.nextInt(rooms.size()));
        String id = name + "-" + ++last;
        Body body = body(last);
        underWay.incrementAndGet();
        client.say(room, id, body).whenComplete((done, failure) -> {
            if (failure == null) {
                promised.get(room).put(new Entry(room, done.seq(), id, name, CallerId.GUEST, done.at(), body));
                said.incrementAndGet();
                observer.run();
            } else {
                ErrorCode code = failure instanceof ParleyException known ? known.code() : ErrorCode.BAD_REQUEST;
                refusals.computeIfAbsent(code, any -> new AtomicInteger()).incrementAndGet();
            }
            underWay.decrementAndGet();
        });
    }

    /** Each begins with the mark that a {@link Crowd} looks for. */
    private Body body(int number) {
        String start = Crowd.mark() + " ";
        boolean mixed = longest == 0;
        int length = !mixed ? longest : number % LONG_EVERY == 0 ? LONG : SHORT;
        String text = start + "x".repeat(dice.nextInt(length));
        return mixed && number % ATTACHMENT_EVERY == 0
                ? new Body.Attachment("text/plain", null, ByteBuffer.wrap(text.getBytes(UTF_8)))
                : new Body.Text(text);
    }

    @Override
    public void welcomed(ServerMessage.Welcome welcome) {
        welcomes.incrementAndGet();
        if (!welcome.user().equals(name)) {
            findings.broken(name + " came back as " + welcome.user());
        }
    }

    @Override
    public void joined(ServerMessage.Joined joined) {
        if (!joined.recovered() && welcomes.get() > 1) {
            findings.broken(name + " was to forget " + joined.room());
        }
    }

    @Override
    public void entry(Entry entry) {
        heard.get(entry.room()).hear(entry);
    }

    @Override
    public void presence(ServerMessage.Presence presence) {
        if (!presence.online()) {
            gone.add(presence.user());
        }
    }

    @Override
    public void bye(ServerMessage.Bye bye) {
        farewells.incrementAndGet();
    }

    @Override
    public void disconnected(Closed closed, Duration pause) {
        breaks.computeIfAbsent(closed.code(), any -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    public void closed(Closed closed) {
        if (closed.code() != 1000) {
            findings.broken(name + " won't come back: " + closed);
        }
    }

    /** Whether nothing that it said waits to be acknowledged or refused. */
    boolean isQuiet() {
        return underWay.get() == 0;
    }

    /** Whether it has heard so much of a room. */
    boolean hasHeard(RoomName room, long seq) {
        return heard.get(room).last() >= seq;
    }

    /** Whether it was told that someone has left. */
    boolean hasSeenLeave(UserName someone) {
        return gone.contains(someone);
    }

    /** How much of what it said was acknowledged. */
    long said() {
        return said.get();
    }

    long delivered() {
        return heard.values().stream().mapToLong(Transcript::entries).sum();
    }

    /** How often it was welcomed. */
    int welcomes() {
        return welcomes.get();
    }

    /** How many messages failed, by code. */
    Map<ErrorCode, AtomicInteger> refusals() {
        return refusals;
    }

    /** How connections ended, by close code. */
    Map<Integer, AtomicInteger> breaks() {
        return breaks;
    }

    /** How often it heard that the server was about to close. */
    int farewells() {
        return farewells.get();
    }

    /** When nobody talks any more: holds what it heard and what it was promised against the log. */
    void compareTo(RoomName room, Places log) {
        heard.get(room).compareTo(log);
        Places due = promised.get(room);
        for (int seq = 1; seq <= due.last(); seq++) {
            if (due.at(seq) != Places.NONE && due.at(seq) != log.at(seq)) {
                findings.lost(1, "%s was promised %s %d, and the log has something else".formatted(name, room, seq));
            }
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }
}
