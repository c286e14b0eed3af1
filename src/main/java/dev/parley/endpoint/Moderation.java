package dev.parley.endpoint;

import dev.parley.access.AccessPolicy;
import dev.parley.log.ModerationLog;
import dev.parley.log.ModerationRequest;
import dev.parley.log.StandingsChange;
import dev.parley.log.StandingsChange.Effect;
import dev.parley.log.User;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Target;
import dev.parley.message.UserName;
import dev.parley.room.Rooms;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The actions of moderators: it finds the user, stores the action, and then applies it to the connections that it is about.
 * Thread-safe; no method waits.
 *
 * <pre>
 *   find the user ──▶ store, with an entry of the audit log ──▶ standings in memory ──▶ ask again about these callers
 * </pre>
 *
 * <p>It does not ask whether somebody may moderate: its callers do that. It is bounded by the queue of the log.
 */
public final class Moderation implements Moderator {
    private static final Logger LOG = System.getLogger(Moderation.class.getName());

    private final ModerationLog log;
    private final Rooms rooms;
    private final AccessPolicy policy;
    private final OpenConnections connections;
    private final Executor later;
    private final ModeratorPace pace = new ModeratorPace();

    /** A user, of whom perhaps only the name is known. */
    private record Found(CallerId caller, UserName name) {
        static Found of(User user) {
            return new Found(user.id(), user.name());
        }
    }

    /** @param later runs one task after the other, off the loops and the threads of the log. The tasks do not wait */
    Moderation(ModerationLog log, Rooms rooms, AccessPolicy policy, OpenConnections connections, Executor later) {
        this.log = log;
        this.rooms = rooms;
        this.policy = policy;
        this.connections = connections;
        this.later = later;
    }

    /**
     * Does what a moderator wants.
     *
     * @param by the moderator
     * @param network of the moderator's address; empty if it is not known, or for the application
     * @return completes when it is durable, and in effect for all later messages. Fails with a {@link ParleyException}: {@code
     *     notFound} if there is no such user, no such entry, or no known address; {@code forbidden} if the user can't be
     *     moderated by this moderator; {@code tooFast} if the moderator acts too often; or as {@link ModerationLog#moderate} does
     */
    @Override
    public CompletionStage<Void> moderate(User by, String network, ModerationOrder order) {
        return CompletableFuture.completedStage(order).thenCompose(valid -> begin(by, network, valid));
    }

    @Override
    public CompletionStage<Void> create(User owner, RoomName room, boolean closed) {
        return create(owner, room, owner.id(), owner.name(), closed);
    }

    /**
     * Makes a room.
     *
     * @param by the user who makes it, or the application
     * @param owner a signed-in user
     * @param name of the owner; null if it is not known
     * @return as {@link #moderate}; fails with {@code forbidden} if the room has another owner; or, unless the application
     *     makes it, entries, a standing or a setting
     */
    public CompletionStage<Void> create(User by, RoomName room, CallerId owner, UserName name, boolean closed) {
        return CompletableFuture.completedStage(owner).thenCompose(valid -> {
            pass(by, ModerationAction.CREATE);
            if (closed) {
                requireMembers();
            }
            if (by.id().kind() != Caller.Kind.APPLICATION) {
                room.checkNew();
            }
            return store(ModerationRequest.create(by, room, owner, name, closed));
        });
    }

    private void pass(User by, ModerationAction action) {
        if (by.id().kind() != Caller.Kind.APPLICATION) {
            pace.pass(by.key(), action, System.nanoTime());
        }
    }

    private CompletionStage<Void> begin(User by, String network, ModerationOrder order) {
        pass(by, order.action());
        if (order.action() == ModerationAction.INVITE || order.action() == ModerationAction.CLOSE) {
            requireMembers();
        }
        if (order.action() == ModerationAction.ERASE) {
            return log.erase(ModerationRequest.erase(by, order.room(), order.seq(), order.reason()))
                    .thenAccept(erased -> {
                        if (!erased) {
                            throw notFound("there is no message with the number " + order.seq());
                        }
                    });
        }
        if (order.target() == null) {
            return store(ModerationRequest.ofRoom(by, order.room(), order.action(), order.seconds(), order.reason()));
        }
        // To look for addresses takes the locks of other conversations, and the caller of this may have one.
        return order.address()
                ? find(order).thenComposeAsync(found -> moderate(by, network, order, found), later)
                : find(order).thenCompose(found -> moderate(by, network, order, found));
    }

    /** @throws ParleyException with {@code forbidden} if the action would have no effect: people would trust a room that is not closed */
    private void requireMembers() {
        if (!policy.hasMembers()) {
            throw forbidden("this server has no rooms for members (parley.access)");
        }
    }

    private CompletionStage<Found> find(ModerationOrder order) {
        Target target = order.target();
        if (target.caller() != null) {
            return CompletableFuture.completedStage(new Found(target.caller(), null));
        }
        if (target.seq() != null) {
            return log.author(order.room(), target.seq())
                    .thenApply(author -> Found.of(
                            author.orElseThrow(() -> notFound("there is no message with the number " + target.seq()))));
        }
        // Another guest may have the name by now.
        if (order.action() == ModerationAction.UNBAN) {
            return CompletableFuture.completedStage(new Found(null, target.user()));
        }
        if (order.room() == null) {
            return CompletableFuture.completedStage(Found.of(connections
                    .user(target.user())
                    .orElseThrow(() -> notFound("nobody with the name " + target.user() + " is connected"))));
        }
        return rooms.callers(order.room()).thenApply(callers -> {
            CallerId present = callers.get(target.user());
            if (present == null && order.action() != ModerationAction.UNMUTE) {
                throw notFound("nobody with the name " + target.user() + " is in the room " + order.room());
            }
            return new Found(present, target.user());
        });
    }

    private CompletionStage<Void> moderate(User by, String network, ModerationOrder order, Found whom) {
        check(by, whom, order.action());
        if (order.action().isAboutRoles()) {
            Role role = order.action() == ModerationAction.INVITE ? Role.MEMBER : order.role();
            return store(ModerationRequest.ofRole(
                    by, order.room(), order.action(), whom.caller(), whom.name(), role, order.reason()));
        }
        List<String> networks =
                order.address() ? connections.networks(whom.caller().key(), order.room()) : List.of();
        if (order.address() && networks.isEmpty()) {
            throw notFound("the address of this user is not known, because the user is not "
                    + (order.room() == null ? "connected" : "in the room " + order.room()));
        }
        if (networks.contains(network)) {
            throw forbidden("this user has the same address as you, so you would be banned or muted too");
        }
        return store(new ModerationRequest(
                by,
                order.room(),
                order.action(),
                whom.caller(),
                whom.name(),
                networks,
                null,
                order.seconds(),
                order.reason()));
    }

    private static void check(User by, Found whom, ModerationAction action) {
        if (whom.caller() == null) {
            return;
        }
        if (whom.caller().kind() == Caller.Kind.APPLICATION) {
            throw forbidden("nobody can moderate the application");
        }
        // Everybody may give up a role.
        if (whom.caller().equals(by.id()) && action != ModerationAction.DISMISS && action != ModerationAction.APPOINT) {
            throw forbidden("you can't moderate yourself");
        }
    }

    private static ParleyException notFound(String why) {
        return new ParleyException(ErrorCode.NOT_FOUND, why);
    }

    private static ParleyException forbidden(String why) {
        return new ParleyException(ErrorCode.FORBIDDEN, why);
    }

    /** The standings in memory have changed when the stage of the log completes; then those of the room are read, if they were not. */
    private CompletionStage<Void> store(ModerationRequest request) {
        return log.moderate(request)
                .thenCompose(change -> request.room() == null
                        ? CompletableFuture.completedStage(change)
                        // If the room can't be read now, its members are asked about all the same.
                        : policy.ready(request.room()).handle((ready, failure) -> change))
                .thenAcceptAsync(change -> apply(request, change), later);
    }

    /**
     * It is unknown whether an action is durable, and the standings in memory are those that are stored: the policy is asked again
     * about all members of the room.
     *
     * @param room null for the whole server
     */
    public void inDoubt(RoomName room) {
        try {
            later.execute(() -> {
                if (room == null) {
                    connections.recheckAll();
                } else {
                    connections.recheck(room);
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The server ends, so that nobody is asked about", e);
        }
    }

    private void apply(ModerationRequest request, StandingsChange change) {
        if (change.effect() == Effect.NOTHING) {
            return;
        }
        RoomName room = request.room();
        switch (request.action()) {
            case REMOVE ->
                connections.putOut(
                        request.whom().key(),
                        room,
                        forbidden(Reasons.sentence("you were put out of the room " + room, request.reason())));
            case BAN -> {
                if (room == null) {
                    String why = Reasons.sentence("you are banned from this server", request.reason());
                    connections.disconnect(change.standings().keySet(), Reasons.shortened(why));
                } else {
                    connections.recheck(change.standings().keySet(), room);
                }
            }
            case UNBAN, MUTE, UNMUTE -> {
                if (room != null) {
                    connections.recheck(change.standings().keySet(), room);
                }
            }
            case SLOW, OPEN -> connections.recheck(room);
            case CREATE -> {
                connections.recheck(room);
                invited(request, change);
            }
            case INVITE, APPOINT -> {
                connections.recheck(change.standings().keySet(), room);
                invited(request, change);
            }
            case DISMISS ->
                connections.recheck(
                        change.standings().keySet(),
                        room,
                        forbidden(
                                Reasons.sentence("you are no longer a member of the room " + room, request.reason())));
            case CLOSE ->
                connections.recheck(
                        room,
                        forbidden(Reasons.sentence(
                                "the room " + room + " is closed now, and you are not a member", request.reason())));
            case ERASE -> throw new IllegalStateException("it is no standing");
        }
    }

    private void invited(ModerationRequest request, StandingsChange change) {
        if (change.effect() == Effect.INVITED) {
            rooms.invited(request.whom(), request.room(), request.by());
        }
    }
}
