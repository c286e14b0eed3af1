package dev.parley.room;

import dev.parley.log.AttachmentPart;
import dev.parley.log.MessageLog;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.log.User;
import dev.parley.loop.Loops;
import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All rooms. Thread-safe. No method waits for a disk or a peer. A room without members uses no memory: it exists only in the
 * log.
 */
public final class Rooms {
    private static final Logger LOG = System.getLogger(Rooms.class.getName());

    private final MessageLog log;
    private final Relay relay;
    private final Loops loops;
    private final Consumer<Entry> observer;
    private final GapReads reads = new GapReads();
    private final Erasures erasures = new Erasures();
    private final Invitations invitations;
    private final Map<RoomName, Held> held = new ConcurrentHashMap<>();

    /** A room, and the number of its memberships. */
    private record Held(Room room, int count) {}

    /**
     * @param relay started with the log. The caller closes it, after the log
     * @param observer gets each entry that this node appends, once, in the order of the log, on the log's writer thread. It
     *     must not block
     */
    public Rooms(MessageLog log, Relay relay, Loops loops, Consumer<Entry> observer) {
        this.log = log;
        this.relay = relay;
        this.loops = loops;
        this.observer = observer;
        this.invitations = new Invitations(log);
    }

    /** Starts the relay and the log. Called once, before any other method. */
    public void start() {
        LogListener listener = new LogListener(loops, relay, this::held, this::all, erasures, invitations, observer);
        relay.start(listener);
        log.start(listener, listener);
    }

    /**
     * Joins {@code member} to a room. The member is sent {@code joined} or {@code error}. After {@code joined} it is sent all
     * entries that follow the reply.
     *
     * @throws ParleyException with {@code unavailable} if the room's loop has too much to do, with {@code forbidden} if this is a
     *     direct room of others
     */
    public Membership join(Member member, ClientMessage.Join request) {
        Member joining = DirectMember.of(member, request.room());
        Room room = held.compute(
                        request.room(),
                        (name, old) -> old == null
                                ? new Held(
                                        new Room(name, loops.of(name.hashCode()), log, reads, erasures, this::leave), 1)
                                : new Held(old.room(), old.count() + 1))
                .room();
        Membership membership = new Membership(joining, request.ref(), room, log);
        if (!room.offer(() -> join(room, membership, request))) {
            leave(room);
            throw new ParleyException(ErrorCode.UNAVAILABLE, "the server has too much to do");
        }
        return membership;
    }

    private static void join(Room room, Membership joining, ClientMessage.Join request) {
        try {
            room.join(joining, request);
        } catch (RuntimeException | Error e) {
            // The member and its later messages must not wait for the answer for ever.
            LOG.log(Level.ERROR, "A member could not join " + room.name, e);
            joining.member.lost(LogFailure.unavailable(e));
        }
    }

    private void leave(Room room) {
        held.computeIfPresent(
                room.name, (name, old) -> old.count() == 1 ? null : new Held(old.room(), old.count() - 1));
    }

    /** Reads a page of a room's log when the member is ready for it. The member is sent {@code history} or {@code error}. */
    public void history(Member reader, ClientMessage.History request) {
        Member member = DirectMember.of(reader, request.room());
        readFor(
                member,
                request.room(),
                () -> MemberPages.read(log, member, request.room(), range(request)),
                (page, failure) -> history(member, request, page == null ? null : erasures.applyTo(page), failure));
    }

    /** Reads when the member is ready, if it may still read in the room then. The answer gets the refusal as a failure. */
    private static <T> void readFor(
            Member member,
            RoomName room,
            Supplier<CompletionStage<T>> read,
            BiFunction<? super T, Throwable, Void> answer) {
        member.whenReady(() -> {
            ParleyException refusal = member.mayRead() ? member.refusalToRead(room) : overQuota();
            return (refusal == null ? read.get() : CompletableFuture.<T>failedStage(refusal)).handle(answer);
        });
    }

    private static Void history(Member member, ClientMessage.History request, Page page, Throwable failure) {
        // The permissions may have changed since the request.
        Throwable refusal = failure != null ? failure : member.refusalToRead(request.room());
        if (refusal == null) {
            member.tell(new ServerMessage.History(
                    request.ref(), request.room(), page.entries(), page.more(), FirstPage.oldest(page)));
        } else {
            ParleyException why = LogFailure.unavailable(refusal);
            member.tell(new ServerMessage.Error(request.ref(), why.code(), why.getMessage()));
        }
        return null;
    }

    /**
     * Reads a part of an attachment when the member is ready for it. The member is sent {@code fetched} or {@code error}.
     *
     * @param most the most bytes of one answer
     */
    public void fetch(Member reader, ClientMessage.Fetch request, int most) {
        Member member = DirectMember.of(reader, request.room());
        int length = request.length() == null ? most : (int) Math.min(most, request.length());
        readFor(
                member,
                request.room(),
                () -> log.readAttachment(request.room(), request.seq(), request.offset(), length),
                (part, failure) -> fetched(member, request, part, failure));
    }

    private Void fetched(Member member, ClientMessage.Fetch request, Optional<AttachmentPart> part, Throwable failure) {
        // The permissions may have changed since the request, and the content may have been erased.
        Throwable refusal = failure != null ? failure : member.refusalToRead(request.room());
        Entry entry = refusal != null || part.isEmpty()
                ? null
                : erasures.applyTo(List.of(part.get().entry())).get(0);
        if (entry != null && entry.body() instanceof Body.Reference reference && !reference.expired()) {
            member.tell(new ServerMessage.Fetched(
                    request.ref(),
                    request.room(),
                    request.seq(),
                    reference.length(),
                    request.offset(),
                    part.get().bytes()));
        } else {
            ParleyException why = LogFailure.unavailable(refusal != null ? refusal : notFound(entry));
            member.tell(new ServerMessage.Error(request.ref(), why.code(), why.getMessage()));
        }
        return null;
    }

    private static ParleyException notFound(Entry entry) {
        String why = "the content of this entry was erased";
        if (entry == null) {
            why = "the room has no attachment with this number";
        } else if (!entry.erased()) {
            why = "the bytes of this attachment are not kept any more";
        }
        return new ParleyException(ErrorCode.NOT_FOUND, why);
    }

    private static ParleyException overQuota() {
        // The client may have sent many requests before the first answer counted against its quota.
        return new ParleyException(ErrorCode.TOO_FAST, "the quota for reading is used up; try again later");
    }

    private static Range range(ClientMessage.History request) {
        if (request.after() != null) {
            return new Range.After(request.after(), request.limit());
        }
        if (request.before() != null) {
            return new Range.Before(request.before(), request.limit());
        }
        return new Range.Newest(request.limit());
    }

    /**
     * The user of a connection is known. If it is signed in, it is sent {@code invited} for its direct rooms with unread entries,
     * now and for each new entry, as long as it has not joined the room. Called once for each connection.
     *
     * @param ofRoles whether it is also invited to rooms in which its user gets a role
     */
    public void arrived(Member member, boolean ofRoles) {
        invitations.arrived(member, ofRoles);
    }

    /** A connection ends, after {@link #arrived}. */
    public void departed(Member member) {
        invitations.departed(member);
    }

    /** Repeats for a connection what failed before. Called by each heartbeat. */
    public void look(Member member) {
        invitations.look(member);
    }

    /** A user has a role in a room, given by another one: each connection of the user that is not in the room is sent {@code invited}. */
    public void invited(CallerId user, RoomName room, User by) {
        Optional<Room> here = held(room);
        loops.of(room.hashCode())
                .put(() -> invitations.invited(
                        user,
                        new ServerMessage.Invited(room, by.name(), by.id(), 0),
                        member -> here.isPresent() && here.get().has(member)));
    }

    /** A snapshot of the rooms that have members, or that a member is about to join. */
    public Set<RoomName> names() {
        return Set.copyOf(held.keySet());
    }

    /** The users in a room, in the order of their names. Read on that room's loop. Completes on that loop. */
    public CompletionStage<Map<UserName, CallerId>> callers(RoomName name) {
        Held at = held.get(name);
        if (at == null) {
            return CompletableFuture.completedStage(Map.of());
        }
        CompletableFuture<Map<UserName, CallerId>> callers = new CompletableFuture<>();
        if (!at.room().offer(() -> callers.complete(at.room().callers()))) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "the server has too much to do");
        }
        return callers;
    }

    /**
     * Sends a signal of the application to the members of a room in this process. Dropped if the room has no members, or if its loop
     * has too much to do.
     *
     * @param body a text or data
     */
    public void signal(RoomName name, User from, Body body) {
        held(name).ifPresent(room -> room.offer(() -> room.signal(from, body, null), body.size()));
    }

    private List<Room> all() {
        return held.values().stream().map(Held::room).toList();
    }

    private Optional<Room> held(RoomName name) {
        return Optional.ofNullable(held.get(name)).map(Held::room);
    }
}
