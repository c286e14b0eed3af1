package dev.parley.room;

import dev.parley.log.ErasureScope;
import dev.parley.log.MessageLog;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.log.User;
import dev.parley.loop.Loop;
import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A room that has members. It handles joins and leaves. All methods except {@link #mustDo} and {@link #offer} run on the room's
 * loop, which is asserted.
 *
 * <p>When a member asks to join, {@link Delivery} begins to keep new entries. The member's first page is read from the log,
 * beginning at the position in the request, and is part of the answer. The entries after that page are delivered.
 */
final class Room implements Membership.Home {
    /** They have about 100 bytes each. */
    private static final int ERASED_IN_EACH = 500;

    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    final RoomName name;
    private final Loop loop;
    private final MessageLog log;
    private final Consumer<Room> emptied;
    private final Erasures erasures;
    private final Map<Member, Membership> members = new LinkedHashMap<>();
    private final Presence presence = new Presence();
    private final PresenceBroadcast broadcast;
    private final SignalBroadcast signals;
    private final Delivery delivery;
    private final Resequencer resequencer;
    private volatile boolean isMade;

    /** @param emptied notified once for each call of {@link #join}, when that membership has ended */
    Room(RoomName name, Loop loop, MessageLog log, GapReads reads, Erasures erasures, Consumer<Room> emptied) {
        this.name = name;
        this.erasures = erasures;
        this.loop = loop;
        this.log = log;
        this.emptied = emptied;
        this.broadcast = new PresenceBroadcast(name, loop, members.values());
        this.signals = new SignalBroadcast(name, loop, members.values());
        this.delivery = new Delivery(name, loop, log, erasures, members.values());
        this.resequencer = new Resequencer(name, loop, log, reads, erasures, members::isEmpty, this::deliver);
    }

    @Override
    public RoomName name() {
        return name;
    }

    @Override
    public void mustDo(Runnable task) {
        loop.add(task);
    }

    @Override
    public boolean offer(Runnable task) {
        return loop.offer(task);
    }

    @Override
    public boolean offer(Runnable task, int characters) {
        return loop.offer(task, characters);
    }

    @Override
    public boolean isMade() {
        return isMade;
    }

    @Override
    public void made() {
        assert isOnLoop();
        isMade = true;
    }

    @Override
    public boolean isOnLoop() {
        return loop.isCurrent();
    }

    Map<UserName, CallerId> callers() {
        assert isOnLoop();
        return presence.callers();
    }

    boolean has(Member member) {
        assert isOnLoop();
        return members.containsKey(member);
    }

    void join(Membership joining, ClientMessage.Join request) {
        assert isOnLoop();
        delivery.begin();
        Membership before = members.put(joining.member, joining);
        if (before == null) {
            arrive(joining);
        } else {
            joining.user = before.user;
            ended(before, "it was joined again before this join was answered");
            emptied.accept(this);
        }
        boolean resumes = request.since() != null
                && (request.epoch() == null || request.epoch().equals(log.epoch()));
        // The member may call this on another thread, after the page before.
        joining.member.whenReady(() -> loop.begin(() -> readFirst(joining, request, resumes)));
    }

    private void arrive(Membership membership) {
        User user = membership.member.user();
        membership.user = user;
        if (presence.arrived(user)) {
            broadcast.arrived(user);
        }
    }

    private void depart(Membership membership) {
        if (presence.departed(membership.user)) {
            broadcast.departed(membership.user);
        }
    }

    /** Two names in a row may be notified of together: then the first notification is about the second name already. */
    @Override
    public void rename(Membership renamed) {
        assert isOnLoop();
        if (renamed.user != null && !renamed.user.equals(renamed.member.user())) {
            depart(renamed);
            arrive(renamed);
        }
    }

    private CompletionStage<Void> readFirst(Membership joining, ClientMessage.Join request, boolean resumes) {
        assert isOnLoop();
        if (joining.hasLeft()) {
            return DONE;
        }
        Range range =
                resumes ? new Range.After(request.since(), ClientMessage.MAX_LIMIT) : new Range.Newest(request.limit());
        CompletionStage<Map<String, Long>> marksRead =
                presence.marksKnown() ? CompletableFuture.completedStage(Map.of()) : log.marks(name);
        return MemberPages.read(log, joining.member, name, range)
                .thenCombine(marksRead, FirstPage::new)
                .handleAsync((read, failure) -> firstRead(joining, request, resumes, read, failure), this::mustDo)
                .thenCompose(Function.identity());
    }

    private CompletionStage<Void> firstRead(
            Membership joining, ClientMessage.Join request, boolean resumes, FirstPage read, Throwable failure) {
        assert isOnLoop();
        if (joining.hasLeft()) {
            return DONE;
        }
        if (failure != null) {
            refuse(joining, LogFailure.unavailable(failure));
            return DONE;
        }
        if (read.page().last() > 0) {
            made();
        } else {
            try {
                name.checkNew();
            } catch (ParleyException e) {
                refuse(joining, e);
                return DONE;
            }
        }
        presence.addMarks(read.marks());
        if (resumes && !read.continuesAfter(request.since())) {
            return readFirst(joining, request, false);
        }
        joined(joining, request, resumes, erasures.applyTo(read.page()));
        return DONE;
    }

    private void joined(Membership joining, ClientMessage.Join request, boolean resumes, Page page) {
        List<Entry> entries = page.entries();
        joining.member.tell(new ServerMessage.Joined(
                request.ref(),
                name,
                log.epoch(),
                page.last(),
                presence.present(),
                presence.identified(),
                entries,
                resumes,
                presence.marksOfPresent(),
                joining.member.permissions(name),
                FirstPage.oldest(page),
                joining.member.slow(name).toSeconds()));
        long position = resumes ? request.since() : page.last();
        long sent =
                entries.isEmpty() ? position : entries.get(entries.size() - 1).seq();
        if (resequencer.start(page.last())) {
            delivery.skip();
        }
        delivery.start(joining, sent + 1, page.last());
        joining.release();
    }

    private void refuse(Membership joining, ParleyException why) {
        joining.refuse(why);
        remove(joining);
    }

    /** The relay brings entries of this room. The new ones are delivered to all members. */
    void heard(List<Entry> entries) {
        assert isOnLoop();
        made();
        resequencer.hear(erasures.applyTo(entries));
    }

    /** Everything of a scope is being erased, perhaps also here. */
    void erasing(ErasureScope scope) {
        assert isOnLoop();
        forgetEntries();
        if (scope instanceof ErasureScope.OfUser user) {
            presence.forgetMark(user.user());
        }
    }

    /** Entries that are kept here may have what was erased. Members that need these read them from the log. */
    private void forgetEntries() {
        delivery.skip();
        resequencer.forgetAhead();
    }

    /** The contents of these entries were erased. */
    void erased(List<ServerMessage.Erased> erased) {
        assert isOnLoop();
        forgetEntries();
        List<Broadcast> broadcasts = Broadcast.ofMessages(List.copyOf(erased), ERASED_IN_EACH);
        for (Membership member : members.values()) {
            if (!member.isJoining()) {
                broadcasts.forEach(member.member::tell);
            }
        }
    }

    /** The relay may have lost entries of this room. */
    void missed() {
        assert isOnLoop();
        resequencer.missed();
    }

    /** The log has at least this entry, and the relay will bring it. */
    void reaches(long seq) {
        assert isOnLoop();
        delivery.reaches(seq);
    }

    private void deliver(List<Entry> fresh) {
        fresh.forEach(entry -> broadcast.said(entry.from()));
        delivery.deliver(fresh);
    }

    @Override
    public void remove(Membership leaving) {
        assert isOnLoop();
        if (leaving.hasLeft()) {
            return;
        }
        ended(leaving, "it was left before this join was answered");
        members.remove(leaving.member, leaving);
        depart(leaving);
        emptied.accept(this);
    }

    /** @param why the reason for the error, if the join has no answer yet */
    private void ended(Membership membership, String why) {
        delivery.end(membership);
        membership.left(why);
    }

    @Override
    public void typing(Membership from) {
        assert isOnLoop();
        if (from.hasLeft()) {
            return;
        }
        broadcast.typing(from);
    }

    @Override
    public void signal(User from, Body body, Membership by) {
        assert isOnLoop();
        if (by == null || !by.hasLeft()) {
            signals.send(from, body, by);
        }
    }

    @Override
    public void read(Membership by, long seq) {
        assert isOnLoop();
        long mark = Math.min(seq, delivery.last());
        if (by.hasLeft() || !presence.mark(by.user, mark)) {
            return;
        }
        log.mark(name, by.user, mark);
        broadcast.read(by, mark);
    }
}
