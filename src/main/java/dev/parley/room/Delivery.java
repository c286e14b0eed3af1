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
 * Delivers the entries of a room to each of its members, in order, each entry once. Confined to the room's loop.
 *
 * <p>A live member gets each new entry at once. Any other member catches up: it gets entries from the log, beginning with its
 * {@code next}. {@link RecentEntries} keeps the entries that are added meanwhile; if they do not reach back far enough, the
 * member gets these from the log too. A member that has got all entries becomes live. At any time {@code next} is the entry
 * that the member gets next.
 */
final class Delivery {
    private static final Logger LOG = System.getLogger(Delivery.class.getName());
    private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

    private final RoomName room;
    private final Loop loop;
    private final MessageLog log;
    private final Erasures erasures;
    private final Collection<Membership> members;
    private final RecentEntries recent = new RecentEntries();
    /** The newest known entry of the room. */
    private long last;

    /** @param members a view of the room's members */
    Delivery(RoomName room, Loop loop, MessageLog log, Erasures erasures, Collection<Membership> members) {
        this.room = room;
        this.loop = loop;
        this.log = log;
        this.erasures = erasures;
        this.members = members;
    }

    /** The newest known entry of the room. */
    long last() {
        return last;
    }

    /** A member asks to join. New entries are kept for it from now on. Each membership has one such call, and one {@link #end}. */
    void begin() {
        recent.open();
    }

    /** The log has at least this entry. It need not have been delivered yet. */
    void reaches(long seq) {
        last = Math.max(last, seq);
    }

    /** The entries that are kept here will not be delivered. A member that needs them reads them from the log. */
    void skip() {
        recent.clear();
    }

    /**
     * The member was sent its first page.
     *
     * @param next the entry after that page
     * @param newest the newest entry of the log when the page was read
     */
    void start(Membership member, long next, long newest) {
        reaches(newest);
        member.sentFirst(next);
        catchUp(member);
    }

    /** The member leaves. Called before its state changes to LEFT. */
    void end(Membership member) {
        if (!member.isLive()) {
            recent.close();
        }
    }

    /**
     * Delivers new entries to the live members.
     *
     * @param fresh they follow the entries of the last call without a gap, except before the first {@link #start}
     */
    void deliver(List<Entry> fresh) {
        reaches(fresh.get(fresh.size() - 1).seq());
        recent.add(fresh);
        List<Broadcast> broadcasts = Broadcast.of(fresh);
        List<Entry> references = MemberPages.withReferences(fresh);
        boolean allAlike = references == fresh;
        List<Broadcast> ofReferences = allAlike ? broadcasts : Broadcast.of(references);
        for (Membership member : members) {
            if (member.isLive()) {
                try {
                    deliver(member, fresh, allAlike || !member.member.fetches() ? broadcasts : ofReferences);
                } catch (RuntimeException | Error e) {
                    // It is unknown how much this member got. The other members must still get the entries.
                    LOG.log(Level.ERROR, "An entry of " + room + " could not be delivered to one member", e);
                    member.member.lost(LogFailure.unavailable(e));
                }
            }
        }
    }

    /** If the member can't take all entries now, it gets the rest from the log later. */
    private void deliver(Membership member, List<Entry> fresh, List<Broadcast> broadcasts) {
        long first = fresh.get(0).seq();
        if (member.next() > first) {
            // It has got some of these from the log already.
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
        Range rest = new Range.After(member.next() - 1, ClientMessage.MAX_LIMIT);
        return MemberPages.read(log, member.member, room, rest)
                .thenAcceptAsync(page -> sendPage(member, page), loop::add);
    }

    private void sendPage(Membership member, Page page) {
        assert loop.isCurrent();
        if (member.hasLeft()) {
            return;
        }
        if (page.entries().isEmpty() || page.entries().get(0).seq() != member.next()) {
            // If the next entry was deleted, the member is lost: it joins again, and learns that it can't resume.
            throw LogFailure.unavailable(null);
        }
        send(member, erasures.applyTo(page.entries()));
        catchUp(member);
    }

    private void live(Membership member) {
        member.caughtUp();
        recent.close();
    }

    private static void send(Membership member, List<Entry> entries) {
        if (!entries.isEmpty()) {
            Broadcast.of(MemberPages.entriesFor(member.member, entries)).forEach(member.member::tell);
            member.sentUntil(entries.get(entries.size() - 1).seq() + 1);
        }
    }
}
