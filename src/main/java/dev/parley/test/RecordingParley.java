package dev.parley.test;

import dev.parley.CallerHandle;
import dev.parley.Parley;
import dev.parley.RoomHandle;
import dev.parley.UserHandle;
import dev.parley.message.AuditEntry;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A {@link Parley} for unit tests without a server: it keeps what the application sends, so that a test can look at it.
 *
 * <pre>{@code
 * RecordingParley parley = new RecordingParley();
 * new Shipping(orders, parley).ship(7);
 * assertEquals(List.of(new Shipped(7)), parley.sent("order-7", Shipped.class));
 * }</pre>
 *
 * <p>The test plays the users: {@link #says}, {@link #draft}, {@link #joins}, {@link #connects}. It calls the observers of the
 * application itself, or with {@link #observe}.
 *
 * <p>It is no server. Everything is in memory, at once and on the thread of the call: a stage that a method returns is complete.
 * There are no permissions, no limits of size, no quotas and no time: a ban, a mute or a slow room is an entry of {@link #audit}
 * and has no effect. A message counts also if a transaction is rolled back later. Of the rules for arguments it has those that
 * the records of {@link dev.parley.message} check. What depends on the server is a matter for a test in a container.
 *
 * <p>An object that is sent becomes JSON as in the server. So a test that sends objects needs JSON-B, such as {@code
 * org.eclipse:yasson}.
 *
 * <p>Thread-safe.
 */
public final class RecordingParley implements Parley {
    private final Recording recording;
    private final RecordedSpeaker speaker;

    /** Without entries and users; the name of the application is {@code server}. */
    public RecordingParley() {
        this(new Recording(), RecordedSpeaker.application(new UserName("server")));
    }

    private RecordingParley(Recording recording, RecordedSpeaker speaker) {
        this.recording = recording;
        this.speaker = speaker;
    }

    /** A signed-in user with these roles, whose id is its name too. */
    public static Caller signedIn(String id, String... roles) {
        return new Caller(Caller.Kind.USER, id, new UserName(id), Set.of(roles), null);
    }

    /** A guest with this name. */
    public static Caller guest(String name) {
        return new Caller(Caller.Kind.GUEST, "session of " + name, new UserName(name));
    }

    /** All entries of a room, in their order: those of the application, and those of {@link #says}. */
    public List<Entry> entries(String room) {
        return recording.entries(new RoomName(room));
    }

    /** The entries of a room that the application has sent, under any of its names, and for users ({@link #as(Principal)}). */
    public List<Entry> sent(String room) {
        return recording.sent(new RoomName(room));
    }

    /**
     * The objects of a type that the application has sent to a room, as {@link Entry#data} reads them. Other entries are left out.
     *
     * @throws ParleyException as {@link Entry#data} does
     */
    public <T> List<T> sent(String room, Class<T> type) {
        return sent(room).stream()
                .map(entry -> entry.data(type))
                .flatMap(Optional::stream)
                .toList();
    }

    /** The signals that the application has sent to a room, in their order. None is lost or replaced here. */
    public List<Body> signals(String room) {
        return recording.signals(new RoomName(room));
    }

    /** The rooms and users for which the application has called {@code recheck}, in this order, by their names. */
    public List<String> rechecks() {
        return recording.rechecks();
    }

    /**
     * A user sends a message, and the observers of {@link #observe} get its entry before this method returns.
     *
     * @param value a string, a {@link Body}, or an object for JSON-B
     * @return the entry, for an observer that the test calls itself
     */
    public Entry says(Caller who, String room, Object value) {
        return recording.add(
                new RoomName(room), new CallerId(who.kind(), who.getName()), who.name(), null, Body.of(value));
    }

    /**
     * A message of a user before it is stored, for an observer with {@link dev.parley.Before} that the test calls. It becomes no entry.
     *
     * @param value a string, a {@link Body}, or an object for JSON-B
     */
    public RecordedDraft draft(Caller who, String room, Object value) {
        return new RecordedDraft(who, new RoomName(room), Body.of(value));
    }

    /**
     * Calls this with every later entry, also those of the application, on the thread that sends: {@code
     * parley.observe(moderation::hear)}. A qualifier such as {@link dev.parley.InRoom} has no effect here. What it throws is thrown to
     * the sender.
     */
    public void observe(Consumer<Entry> observer) {
        recording.observe(Objects.requireNonNull(observer));
    }

    /** A user is in a room from now on, and connected if it was not. */
    public void joins(Caller who, String room) {
        recording.join(who, new RoomName(room));
    }

    /** A user has a connection, or one more. */
    public ConnectionInfo connects(Caller who) {
        return recording.connect(who);
    }

    /**
     * From now on, each stage fails with this, and nothing is kept. So a test sees what the application does when the log can't
     * be written.
     *
     * @param why such as {@code new ParleyException(ErrorCode.UNAVAILABLE, "…")}; null so that they succeed again
     */
    public void failWith(ParleyException why) {
        recording.failWith(why);
    }

    @Override
    public UserName name() {
        return speaker.name();
    }

    @Override
    public Parley as(String other) {
        return new RecordingParley(recording, RecordedSpeaker.application(new UserName(other)));
    }

    @Override
    public Parley as(Principal user) {
        return new RecordingParley(recording, speaker.as(Caller.signedIn(user)));
    }

    /** Returns this object: there are no transactions here. */
    @Override
    public Parley now() {
        return this;
    }

    @Override
    public RoomHandle room(RoomName room) {
        if (room.isView()) {
            throw new ParleyException(
                    ErrorCode.BAD_REQUEST,
                    "the application names a direct room by the ids of both users: RoomName.direct(id, id)");
        }
        return new RecordedRoom(recording, speaker, room);
    }

    @Override
    public UserHandle user(UserName user) {
        return new RecordedUser(recording, speaker.application(), Objects.requireNonNull(user));
    }

    @Override
    public CallerHandle caller(CallerId id) {
        if (id.isGuest() && id.id().isEmpty()) {
            throw new ParleyException(ErrorCode.BAD_REQUEST, "this id stands for any guest");
        }
        return new RecordedCaller(recording, speaker, id);
    }

    @Override
    public CompletionStage<List<AuditEntry>> audit(long after, int limit) {
        if (after < 0 || limit < 1 || limit > AuditEntry.MOST) {
            throw new ParleyException(
                    ErrorCode.BAD_REQUEST, "after must be 0 or more, and limit from 1 to " + AuditEntry.MOST);
        }
        return recording.stage(() -> recording.audit(after, limit));
    }

    @Override
    public Set<RoomName> rooms() {
        return recording.rooms();
    }

    @Override
    public Set<UserName> users() {
        return connections().stream().map(ConnectionInfo::user).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<ConnectionInfo> connections() {
        return recording.connections();
    }
}
