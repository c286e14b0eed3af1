package dev.parley.room;

import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A room that has members. Everything but {@link #enqueue}, {@link #mustDo} and {@link #offer} happens on the room's
 * loop.
 *
 * <p>How a member joins without a gap and without a double: from the moment it asks, what is said is kept in the
 * {@link Tail}; the log is read from the position that it named; what came meanwhile is taken from the tail, or from
 * the log again where the tail doesn't reach back far enough; and when nothing newer is left, the member is live and
 * gets each entry as it comes. Its {@code next} says at any time which entry that must be.
 */
final class Room {
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

    /** Queues what must be done. Waits where very much is queued: for the log's writer only. */
    void enqueue(Runnable task) {
        loop.put(task);
    }

    /** Queues what must be done, and of which each membership has one at a time. */
    void mustDo(Runnable task) {
        loop.add(task);
    }

    /** Queues a task; false where too much is queued already. */
    boolean offer(Runnable task) {
        return loop.offer(task);
    }

    void join(Membership joining, ClientMessage.Join request) {
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
        joining.member.whenReady(done -> readFirst(joining, request, resumes, done));
    }

    private void readFirst(Membership joining, ClientMessage.Join request, boolean resumes, Runnable done) {
        Span span =
                resumes ? new Span.After(request.since(), ClientMessage.MAX_LIMIT) : new Span.Newest(request.limit());
        CompletionStage<Map<UserName, Long>> marksRead =
                attendance.marksKnown() ? CompletableFuture.completedStage(Map.of()) : log.marks(name);
        log.read(name, span)
                .thenCombine(marksRead, (page, marks) -> (Runnable) () -> {
                    attendance.addMarks(marks);
                    if (resumes && request.since() > page.last()) {
                        readFirst(joining, request, false, done);
                    } else {
                        joined(joining, request, resumes, page);
                        done.run();
                    }
                })
                .whenComplete((then, failure) -> mustDo(() -> {
                    if (joining.state == Membership.State.LEFT) {
                        done.run();
                    } else if (failure == null) {
                        then.run();
                    } else {
                        refuse(joining, unavailable(failure));
                        done.run();
                    }
                }));
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
        joining.release();
        read(joining, joining.readEarly);
        catchUp(joining);
    }

    private void catchUp(Membership member) {
        if (member.next > last) {
            live(member);
        } else {
            member.member.whenReady(done -> mustDo(() -> tellMore(member, done)));
        }
    }

    private void tellMore(Membership member, Runnable done) {
        if (member.state == Membership.State.LEFT) {
            done.run();
            return;
        }
        if (tail.reachesBackTo(member.next)) {
            tell(member, tail.from(member.next));
            done.run();
            live(member);
            return;
        }
        log.read(name, new Span.After(member.next - 1, ClientMessage.MAX_LIMIT))
                .whenComplete((page, failure) -> mustDo(() -> {
                    if (member.state == Membership.State.LEFT) {
                        done.run();
                    } else if (failure != null || page.entries().isEmpty()) {
                        done.run();
                        member.member.lost(unavailable(failure));
                    } else {
                        tell(member, page.entries());
                        done.run();
                        catchUp(member);
                    }
                }));
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
        List<Entry> fresh = new ArrayList<>(batch.size());
        for (Appended appended : batch) {
            if (!appended.repeated()) {
                fresh.add(appended.entry());
            }
            appended.draft().outcome().said(appended.entry());
        }
        if (fresh.isEmpty()) {
            return;
        }
        last = Math.max(last, fresh.get(fresh.size() - 1).seq());
        tail.add(fresh);
        List<Broadcast> broadcasts = Broadcast.of(fresh);
        for (Membership member : members.values()) {
            if (member.state == Membership.State.LIVE) {
                deliver(member, fresh, broadcasts);
            }
        }
    }

    /** Whoever can't take it all now, or missed something, reads it from the log when it can. */
    private void deliver(Membership member, List<Entry> fresh, List<Broadcast> broadcasts) {
        long first = fresh.get(0).seq();
        if (member.next > first) {
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
        if (from.state == Membership.State.LEFT) {
            return;
        }
        news.typing(from);
    }

    void read(Membership by, long seq) {
        if (by.state == Membership.State.JOINING) {
            by.readEarly = Math.max(by.readEarly, seq);
            return;
        }
        UserName user = by.member.user().name();
        long mark = Math.min(seq, last);
        if (by.state == Membership.State.LEFT || !attendance.mark(user, mark)) {
            return;
        }
        log.mark(name, user, mark);
        news.read(by, mark);
    }

    static ParleyException unavailable(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof ParleyException parley
                ? parley
                : new ParleyException(ErrorCode.UNAVAILABLE, "the log can't be read now", cause);
    }
}
