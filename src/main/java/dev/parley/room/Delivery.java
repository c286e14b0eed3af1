package dev.parley.room;

import dev.parley.log.MessageLog;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.loop.Loop;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Delivers the entries of a room to each of its members, in their order, without a gap and without a double. Confined to
 * the room's loop.
 *
 * <p>A member that is live gets each entry as it comes. Any other catches up: it reads the log from its {@code next} on.
 * What comes meanwhile is in {@link RecentEntries}, or is read from the log too where these do not reach back far enough.
 * When nothing newer is left, the member is live. Its {@code next} says at any time which entry it must get.
 */
final class Delivery {
    private static final Logger LOG = System.getLogger(Delivery.class.getName());
    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final RoomName room;
    private final Loop loop;
    private final MessageLog log;
    private final Collection<Membership> members;
    private final RecentEntries recent = new RecentEntries();
    /** The newest entry known. */
    private long last;

    /** @param members those of the room at any time */
    Delivery(RoomName room, Loop loop, MessageLog log, Collection<Membership> members) {
        this.room = room;
        this.loop = loop;
        this.log = log;
        this.members = members;
    }

    /** The newest entry known. */
    long last() {
        return last;
    }

    /** A member asks to join: what comes from now on is kept for it. Called once for each membership, as {@link #end}. */
    void begin() {
        recent.open();
    }

    /** The log has at least this entry, also where it was not delivered yet. */
    void reaches(long seq) {
        last = Math.max(last, seq);
    }

    /** Not all entries that the log has until now will be delivered: whoever needs them reads them. */
    void skip() {
        recent.clear();
    }

    /**
     * The member was sent its first page.
     *
     * @param next the entry behind that page
     * @param newest what the log had when the page was read
     */
    void start(Membership member, long next, long newest) {
        reaches(newest);
        member.sentFirst(next);
        catchUp(member);
    }

    /** The member leaves, and its state still says from where. */
    void end(Membership member) {
        if (!member.isLive()) {
            recent.close();
        }
    }

    /** @param fresh what follows the entries of the last call, without a gap; not so before the first {@link #start} */
    void deliver(List<Entry> fresh) {
        reaches(fresh.get(fresh.size() - 1).seq());
        recent.add(fresh);
        List<Broadcast> broadcasts = Broadcast.of(fresh);
        for (Membership member : members) {
            if (member.isLive()) {
                try {
                    deliver(member, fresh, broadcasts);
                } catch (RuntimeException | Error e) {
                    // Nobody knows how far it got, and the others are not to miss anything for it.
                    LOG.log(Level.ERROR, "An entry of " + room + " could not be delivered to one member", e);
                    member.member.lost(LogFailure.unavailable(e));
                }
            }
        }
    }

    /** A member that can't take it all now reads it from the log when it can. */
    private void deliver(Membership member, List<Entry> fresh, List<Broadcast> broadcasts) {
        long first = fresh.get(0).seq();
        if (member.next() > first) {
            // It has read some of these from the log already, before this loop heard of them.
            send(
                    member,
                    fresh.stream().filter(entry -> entry.seq() >= member.next()).toList());
            return;
        }
        if (member.next() == first) {
            for (Broadcast broadcast : broadcasts) {
                if (!member.member.offer(broadcast)) {
                    break;
                }
                member.sentUntil(member.next() + broadcast.messages().size());
            }
        }
        if (member.next() <= fresh.get(fresh.size() - 1).seq()) {
            member.fellBehind();
            recent.open();
            catchUp(member);
        }
    }

    private void catchUp(Membership member) {
        if (member.next() > last) {
            live(member);
        } else {
            member.member.whenReady(() -> loop.begin(() -> sendMore(member)));
        }
    }

    private CompletionStage<Void> sendMore(Membership member) {
        assert loop.isCurrent();
        if (member.hasLeft()) {
            return DONE;
        }
        if (recent.reachBackTo(member.next())) {
            send(member, recent.from(member.next()));
            live(member);
            return DONE;
        }
        return log.read(room, new Range.After(member.next() - 1, ClientMessage.MAX_LIMIT))
                .thenAcceptAsync(page -> sendPage(member, page), loop::add);
    }

    private void sendPage(Membership member, Page page) {
        assert loop.isCurrent();
        if (member.hasLeft()) {
            return;
        }
        if (page.entries().isEmpty() || page.entries().get(0).seq() != member.next()) {
            throw LogFailure.unavailable(null);
        }
        send(member, page.entries());
        catchUp(member);
    }

    private void live(Membership member) {
        member.caughtUp();
        recent.close();
    }

    private static void send(Membership member, List<Entry> entries) {
        if (!entries.isEmpty()) {
            Broadcast.of(entries).forEach(member.member::tell);
            member.sentUntil(entries.get(entries.size() - 1).seq() + 1);
        }
    }
}
