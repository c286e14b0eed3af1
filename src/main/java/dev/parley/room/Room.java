package dev.parley.room;

import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A room that has members. Everything but {@link #mustDo} and {@link #offer} happens on the room's
 * loop, which is asserted.
 *
 * <p>How a member joins without a gap and without a double: from the moment it asks, what is said is kept in the
 * {@link Tail}; the log is read from the position that it named; what came meanwhile is taken from the tail, or from
 * the log again where the tail doesn't reach back far enough; and when nothing newer is left, the member is live and
 * gets each entry as it comes. Its {@code next} says at any time which entry that must be.
 */
final class Room {
    private static final Logger LOG = System.getLogger(Room.class.getName());

    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    final RoomName name;
    private final Loop loop;
    private final MessageLog log;
    private final Consumer<Room> emptied;
    private final Map<Member, Membership> members = new LinkedHashMap<>();
    private final Attendance attendance = new Attendance();
    private final Tail tail = new Tail();
    private final News news;
    /** The newest entry known. */
    private long last;

    /** @param emptied told, once for each call of {@link #join}, that the member has gone again */
    Room(RoomName name, Loop loop, MessageLog log, Consumer<Room> emptied) {
        this.name = name;
        this.loop = loop;
        this.log = log;
        this.emptied = emptied;
        this.news = new News(name, loop, members.values());
    }

    /** Queues what must be done, and of which each membership has one at a time. */
    void mustDo(Runnable task) {
        loop.add(task);
    }

    /** Queues a task; false where too much is queued already. */
    boolean offer(Runnable task) {
        return loop.offer(task);
    }

    /** Whether this is the thread that the room's state belongs to. */
    boolean isOnLoop() {
        return loop.isCurrent();
    }

    void join(Membership joining, ClientMessage.Join request) {
        assert isOnLoop();
        Membership before = members.put(joining.member, joining);
        if (before == null) {
            UserName user = joining.member.user().name();
            if (attendance.arrived(user)) {
                news.arrived(user);
            }
        } else {
            ended(before, "it was joined again before this join was answered");
            emptied.accept(this);
        }
        tail.open();
        boolean resumes = request.since() != null
                && (request.epoch() == null || request.epoch().equals(log.epoch()));
        // The page before may have ended on another thread.
        joining.member.whenReady(() -> onLoop(() -> readFirst(joining, request, resumes)));
    }

    /** @return ends as the stage that {@code task} gives, which is begun on the loop */
    private CompletionStage<Void> onLoop(Supplier<CompletionStage<Void>> task) {
        return CompletableFuture.supplyAsync(task, this::mustDo).thenCompose(Function.identity());
    }

    private CompletionStage<Void> readFirst(Membership joining, ClientMessage.Join request, boolean resumes) {
        assert isOnLoop();
        if (joining.state == Membership.State.LEFT) {
            return DONE;
        }
        Span span =
                resumes ? new Span.After(request.since(), ClientMessage.MAX_LIMIT) : new Span.Newest(request.limit());
        CompletionStage<Map<UserName, Long>> marksRead =
                attendance.marksKnown() ? CompletableFuture.completedStage(Map.of()) : log.marks(name);
        return log.read(name, span)
                .thenCombine(marksRead, FirstPage::new)
                .handleAsync((read, failure) -> firstRead(joining, request, resumes, read, failure), this::mustDo)
                .thenCompose(Function.identity());
    }

    private record FirstPage(Page page, Map<UserName, Long> marks) {}

    private CompletionStage<Void> firstRead(
            Membership joining, ClientMessage.Join request, boolean resumes, FirstPage read, Throwable failure) {
        assert isOnLoop();
        if (joining.state == Membership.State.LEFT) {
            return DONE;
        }
        if (failure != null) {
            refuse(joining, unavailable(failure));
            return DONE;
        }
        attendance.addMarks(read.marks);
        if (resumes && request.since() > read.page.last()) {
            return readFirst(joining, request, false);
        }
        joined(joining, request, resumes, read.page);
        return DONE;
    }

    private void joined(Membership joining, ClientMessage.Join request, boolean resumes, Page page) {
        last = Math.max(last, page.last());
        long position = resumes ? request.since() : page.last();
        List<Entry> entries = page.entries();
        joining.next = 1
                + (entries.isEmpty()
                        ? position
                        : entries.get(entries.size() - 1).seq());
        joining.member.tell(new ServerMessage.Joined(
                request.ref(),
                name,
                log.epoch(),
                page.last(),
                attendance.present(),
                entries,
                resumes,
                attendance.marksOfPresent()));
        joining.state = Membership.State.CATCHING_UP;
        catchUp(joining);
        joining.release();
    }

    private void catchUp(Membership member) {
        if (member.next > last) {
            live(member);
        } else {
            member.member.whenReady(() -> onLoop(() -> tellMore(member)));
        }
    }

    private CompletionStage<Void> tellMore(Membership member) {
        assert isOnLoop();
        if (member.state == Membership.State.LEFT) {
            return DONE;
        }
        if (tail.reachesBackTo(member.next)) {
            tell(member, tail.from(member.next));
            live(member);
            return DONE;
        }
        return log.read(name, new Span.After(member.next - 1, ClientMessage.MAX_LIMIT))
                .thenAcceptAsync(page -> tellPage(member, page), this::mustDo);
    }

    private void tellPage(Membership member, Page page) {
        assert isOnLoop();
        if (member.state == Membership.State.LEFT) {
            return;
        }
        if (page.entries().isEmpty() || page.entries().get(0).seq() != member.next) {
            throw unavailable(null);
        }
        tell(member, page.entries());
        catchUp(member);
    }

    private void live(Membership member) {
        member.state = Membership.State.LIVE;
        tail.close();
    }

    private static void tell(Membership member, List<Entry> entries) {
        if (!entries.isEmpty()) {
            Broadcast.of(entries).forEach(member.member::tell);
            member.next = entries.get(entries.size() - 1).seq() + 1;
        }
    }

    private void refuse(Membership joining, ParleyException why) {
        joining.refuse(why);
        remove(joining);
    }

    /** The log has new entries of this room: its senders are answered, and everybody is told. */
    void committed(List<Appended> batch) {
        assert isOnLoop();
        List<Entry> fresh = new ArrayList<>(batch.size());
        for (Appended appended : batch) {
            if (!appended.repeated()) {
                fresh.add(appended.entry());
            }
            Rooms.said(appended);
        }
        if (fresh.isEmpty()) {
            return;
        }
        last = Math.max(last, fresh.get(fresh.size() - 1).seq());
        tail.add(fresh);
        fresh.forEach(entry -> news.said(entry.from()));
        boolean whole = fresh.get(fresh.size() - 1).seq() - fresh.get(0).seq() == fresh.size() - 1;
        List<Broadcast> broadcasts = whole ? Broadcast.of(fresh) : List.of();
        for (Membership member : members.values()) {
            if (member.state == Membership.State.LIVE) {
                try {
                    deliver(member, fresh, broadcasts);
                } catch (RuntimeException | Error e) {
                    // Nobody knows how far it got, and the others are not to miss anything for it.
                    LOG.log(Level.ERROR, "An entry of " + name + " could not be delivered to one member", e);
                    member.member.lost(unavailable(e));
                }
            }
        }
    }

    /**
     * Whoever can't take it all now, or missed something, reads it from the log when it can.
     *
     * @param broadcasts of what is fresh; empty where some of that is missing
     */
    private void deliver(Membership member, List<Entry> fresh, List<Broadcast> broadcasts) {
        long first = fresh.get(0).seq();
        if (member.next > first && !broadcasts.isEmpty()) {
            // It has read some of these from the log already, before this loop heard of them.
            tell(
                    member,
                    fresh.stream().filter(entry -> entry.seq() >= member.next).toList());
            return;
        }
        if (member.next == first) {
            for (Broadcast broadcast : broadcasts) {
                if (!member.member.offer(broadcast)) {
                    break;
                }
                member.next += broadcast.messages().size();
            }
        }
        if (member.next <= fresh.get(fresh.size() - 1).seq()) {
            member.state = Membership.State.CATCHING_UP;
            tail.open();
            catchUp(member);
        }
    }

    void remove(Membership leaving) {
        assert isOnLoop();
        if (leaving.state == Membership.State.LEFT) {
            return;
        }
        ended(leaving, "it was left before this join was answered");
        members.remove(leaving.member, leaving);
        UserName user = leaving.member.user().name();
        if (attendance.departed(user)) {
            news.departed(user);
        }
        emptied.accept(this);
    }

    /** @param why what a join is told that has no answer yet */
    private void ended(Membership membership, String why) {
        if (membership.state == Membership.State.JOINING && !membership.isRefused()) {
            membership.refuse(new ParleyException(ErrorCode.NOT_MEMBER, "the room " + name + ": " + why));
        }
        if (membership.state != Membership.State.LIVE) {
            tail.close();
        }
        membership.state = Membership.State.LEFT;
    }

    void typing(Membership from) {
        assert isOnLoop();
        if (from.state == Membership.State.LEFT) {
            return;
        }
        news.typing(from);
    }

    void read(Membership by, long seq) {
        assert isOnLoop();
        UserName user = by.member.user().name();
        long mark = Math.min(seq, last);
        if (by.state == Membership.State.LEFT || !attendance.mark(user, mark)) {
            return;
        }
        log.mark(name, user, mark);
        news.read(by, mark);
    }

    static ParleyException unavailable(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ParleyException parley
                ? parley
                : new ParleyException(ErrorCode.UNAVAILABLE, "the log can't be read now", cause);
    }
}
