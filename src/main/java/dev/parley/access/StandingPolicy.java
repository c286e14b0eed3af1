package dev.parley.access;

import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;

/**
 * Takes away from the answers of another policy what bans and mutes take away, and gives {@link Permission#MODERATE} to the
 * owners and moderators of a room. Immutable, thread-safe.
 *
 * <pre>
 *   the server never had a standing ──▶ the other policy alone
 *   banned                          ──▶ nothing; the other policy is not asked
 *   the address is banned           ──▶ nothing, unless its answer has moderate, or the caller has such a role
 *   muted                           ──▶ its answer without say, attach and signal; of the address with the same exception
 *   owner or moderator of the room  ──▶ its answer and moderate, unless it is nothing
 *   a direct room                   ──▶ the other policy is not asked: all to its two users, nothing to others
 * </pre>
 *
 * <p>Of an address that is banned from the whole server only a role there makes an exception.
 *
 * <p>An answer that depends on a ban or a mute is not valid for longer than this.
 */
public final class StandingPolicy implements AccessPolicy {
    private static final Set<Permission> MUTED = EnumSet.of(Permission.SAY, Permission.ATTACH, Permission.SIGNAL);

    private final AccessPolicy chosen;
    private final StandingCache standings;
    private final Clock clock;
    private final String address;

    /** @param chosen the policy that decides about everything else */
    public StandingPolicy(AccessPolicy chosen, StandingCache standings, Clock clock) {
        this(chosen, standings, clock, "");
    }

    private StandingPolicy(AccessPolicy chosen, StandingCache standings, Clock clock, String network) {
        this.chosen = chosen;
        this.standings = standings;
        this.clock = clock;
        this.address = Standings.addressKey(network);
    }

    @Override
    public AccessPolicy from(String network) {
        return new StandingPolicy(chosen.from(network), standings, clock, network);
    }

    @Override
    public CompletionStage<?> ready(RoomName room) {
        return standings.in(room);
    }

    /** Null as soon as there was a standing: then the grant depends on the room and on the time. */
    @Override
    public Grant always(Caller caller) {
        return standings.isUsed() ? null : chosen.always(caller);
    }

    @Override
    public String refusal(Caller caller) {
        Instant end = banned(standings.everywhere(), new CallerId(caller.kind(), caller.id()).key(), clock.instant());
        return end == null ? chosen.refusal(caller) : Sentences.banned(null, end);
    }

    /** The end of the ban of this caller or its address; null if there is none. */
    private Instant banned(RoomStandings everywhere, String caller, Instant now) {
        Standing own = everywhere.of(caller);
        return later(banned(own, now), own.moderates() ? null : banned(everywhere.of(address), now));
    }

    private static Instant banned(Standing standing, Instant now) {
        return standing.isBanned(now) ? standing.bannedUntil() : null;
    }

    private static Instant muted(Standing standing, Instant now) {
        return standing.isMuted(now) ? standing.mutedUntil() : null;
    }

    /** Null if both are null. */
    private static Instant later(Instant first, Instant second) {
        return first == null || second != null && second.isAfter(first) ? second : first;
    }

    @Override
    public CompletableFuture<Grant> decide(Caller caller, RoomName room) {
        if (!standings.isUsed()) {
            return chosen(caller, room);
        }
        String key = new CallerId(caller.kind(), caller.id()).key();
        CompletableFuture<RoomStandings> known = standings.in(room);
        if (known.isDone() && !known.isCompletedExceptionally()) {
            return decide(caller, key, room, known.join());
        }
        CompletableFuture<Grant> answer = new CompletableFuture<>();
        known.whenComplete((in, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(unavailable(room, failure));
            } else if (!answer.isDone()) {
                pass(attempt(caller, key, room, in), answer);
            }
        });
        return answer;
    }

    /** The grant may be good for long: a change of a standing leads to new questions. */
    private CompletableFuture<Grant> chosen(Caller caller, RoomName room) {
        if (room.isDirect()) {
            return CompletableFuture.completedFuture(
                    DirectAccess.grant(caller, room).goodFor(Grant.MOST).withQuota(chosen.quotaInDirectRooms(caller)));
        }
        Grant always = chosen.always(caller);
        return always == null
                ? chosen.decide(caller, room)
                : CompletableFuture.completedFuture(always.goodFor(Grant.MOST));
    }

    private CompletableFuture<Grant> decide(Caller caller, String key, RoomName room, RoomStandings in) {
        Instant now = clock.instant();
        Instant everywhere = banned(standings.everywhere(), key, now);
        Instant here = banned(in.of(key), now);
        if (everywhere != null || here != null) {
            return CompletableFuture.completedFuture(
                    everywhere != null
                            ? banned(null, everywhere, now, Grant.MOST)
                            : banned(room, here, now, Grant.MOST));
        }
        CompletableFuture<Grant> most = chosen(caller, room);
        if (most.isDone() && !most.isCompletedExceptionally()) {
            return CompletableFuture.completedFuture(within(most.join(), key, room, in));
        }
        CompletableFuture<Grant> answer = new CompletableFuture<>();
        most.whenComplete((grant, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else if (grant == null) {
                answer.complete(null);
            } else {
                answer.complete(within(grant, key, room, in));
            }
        });
        giveUp(answer, most);
        return answer;
    }

    /** The grant of a caller that is banned, valid until the end of the ban, but at most for a time. */
    private static Grant banned(RoomName room, Instant end, Instant now, Duration most) {
        return Grant.none().goodFor(until(end, now, most)).because(Sentences.banned(room, end));
    }

    private CompletableFuture<Grant> attempt(Caller caller, String key, RoomName room, RoomStandings in) {
        try {
            return decide(caller, key, room, in);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void pass(CompletableFuture<Grant> from, CompletableFuture<Grant> to) {
        from.whenComplete((grant, failure) -> {
            if (failure != null) {
                to.completeExceptionally(failure);
            } else {
                to.complete(grant);
            }
        });
        giveUp(to, from);
    }

    /** If the connection needs no answer any more, or it would be too late, the policy learns of that. */
    private static void giveUp(CompletableFuture<Grant> answer, CompletableFuture<Grant> question) {
        answer.whenComplete((grant, failure) -> {
            if (failure instanceof ParleyException late) {
                question.completeExceptionally(late);
            } else {
                question.cancel(false);
            }
        });
    }

    private static ParleyException unavailable(RoomName room, Throwable why) {
        return new ParleyException(
                ErrorCode.UNAVAILABLE, "it can't be read now who is banned from the room " + room, why);
    }

    private Grant within(Grant most, String key, RoomName room, RoomStandings in) {
        if (!most.allows(Permission.READ)) {
            // The ban of an address would show to strangers behind it that there is such a room.
            return most;
        }
        Instant now = clock.instant();
        Standing own = in.of(key);
        boolean moderates = own.moderates() || most.allows(Permission.MODERATE);
        Standing ofAddress = moderates ? Standing.NONE : in.of(address);
        if (ofAddress.isBanned(now)) {
            return banned(room, ofAddress.bannedUntil(), now, most.timeToLive());
        }
        Set<Permission> permissions = EnumSet.copyOf(most.permissions());
        Instant muted = later(muted(own, now), muted(ofAddress, now));
        Duration time = most.timeToLive();
        String reason = most.reason();
        if (muted != null) {
            permissions.removeAll(MUTED);
            time = until(muted, now, time);
            reason = Sentences.muted(room, muted);
        }
        if (moderates) {
            permissions.add(Permission.MODERATE);
        }
        Duration slow = moderates ? Duration.ZERO : Duration.ofSeconds(in.slow());
        return new Grant(permissions, time, slow.compareTo(most.slow()) > 0 ? slow : most.slow(), reason, most.quota());
    }

    /** The time until an end, but at least and at most what a grant may be valid. */
    private static Duration until(Instant end, Instant now, Duration most) {
        if (!end.isBefore(now.plus(most))) {
            return most;
        }
        Duration left = Duration.between(now, end);
        return left.compareTo(Grant.LEAST) < 0 ? Grant.LEAST : left;
    }

    @Override
    public boolean hasMembers() {
        return chosen.hasMembers();
    }

    @Override
    public String refusalToMake(Caller caller, RoomName room) {
        return chosen.refusalToMake(caller, room);
    }

    @Override
    public Set<String> roles() {
        return chosen.roles();
    }

    @Override
    public void watch(ThreadFactory threads, Runnable changed) {
        chosen.watch(threads, changed);
    }

    @Override
    public void close() {
        chosen.close();
    }

    @Override
    public String toString() {
        return chosen.toString();
    }
}
