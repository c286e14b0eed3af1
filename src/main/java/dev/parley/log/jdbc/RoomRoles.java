package dev.parley.log.jdbc;

import dev.parley.log.ModerationRequest;
import dev.parley.log.StandingsChange.Effect;
import dev.parley.log.jdbc.StandingRows.Row;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Role;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;

/**
 * Makes rooms, gives and takes roles, and closes and opens rooms. Not thread-safe; its statements end with their connection.
 *
 * <pre>
 *   who                 invite   dismiss a member   dismiss a moderator, appoint, close, open   dismiss or appoint an owner
 *   moderator           yes      yes                –                                           –
 *   owner               yes      yes                yes                                         himself, if another owner stays
 *   the application     yes      yes                yes                                         if another owner stays
 * </pre>
 *
 * <p>Everybody may give up a role below the owner's. A caller with {@code moderate} from elsewhere is like a moderator.
 */
final class RoomRoles {
    private final StandingRows rows;
    private final SettingRows settings;
    private final RoleRows roles;

    /** @param connection without auto-commit */
    RoomRoles(Connection connection, StandingRows rows, SettingRows settings) throws SQLException {
        this.rows = rows;
        this.settings = settings;
        this.roles = new RoleRows(connection);
    }

    /**
     * Applies an action that is about roles.
     *
     * @param room its name in the tables
     * @param changed gets the standings that have changed
     * @throws ParleyException as {@link dev.parley.log.ModerationLog#moderate} says; nothing was changed
     */
    Effect change(ModerationRequest request, String room, Instant now, Map<String, Standing> changed)
            throws SQLException {
        return switch (request.action()) {
            case CREATE -> create(request, room, now, changed);
            case INVITE, APPOINT -> appoint(request, room, now, changed);
            case DISMISS -> dismiss(request, room, now, changed);
            case CLOSE, OPEN -> close(request, room);
            default -> throw new IllegalArgumentException(request.action() + " is about no role");
        };
    }

    private Effect close(ModerationRequest request, String room) throws SQLException {
        requireOwner(request, room);
        boolean closes = request.action() == ModerationAction.CLOSE;
        if (settings.find(room).closed() == closes) {
            return Effect.NOTHING;
        }
        settings.putClosed(room, closes);
        return Effect.CHANGED;
    }

    private static boolean isOfApplication(ModerationRequest request) {
        return request.by().id().kind() == Caller.Kind.APPLICATION;
    }

    private static boolean isOwn(ModerationRequest request) {
        return request.by().id().equals(request.whom());
    }

    private static ParleyException forbidden(String why) {
        return new ParleyException(ErrorCode.FORBIDDEN, why);
    }

    private Effect create(ModerationRequest request, String room, Instant now, Map<String, Standing> changed)
            throws SQLException {
        String owner = request.whom().key();
        requireUser(request.whom());
        int owners = roles.owners(room);
        boolean isRepeated = owners == 1
                && rows.find(room, owner).role() == Role.OWNER
                && settings.find(room).closed() == request.closed();
        if (isRepeated) {
            return Effect.NOTHING;
        }
        // The application, or a moderator by a claim, may have prepared a room without an owner.
        boolean isTaken = owners > 0
                || !isOfApplication(request) && (roles.hasEntries(room) || settings.has(room) || rows.count(room) > 0);
        if (isTaken) {
            throw forbidden("there is a room " + request.room() + " already");
        }
        checkPlace(request, room, rows.find(room, Row.of(owner)));
        if (isOfApplication(request)) {
            settings.putClosed(room, request.closed());
        } else {
            settings.make(room, request.by().key(), request.closed());
        }
        Effect effect = put(request, room, Role.OWNER, now, changed);
        if (isOwn(request)) {
            roles.putInviter(room, owner, null, now);
            return Effect.CHANGED;
        }
        return effect;
    }

    private Effect appoint(ModerationRequest request, String room, Instant now, Map<String, Standing> changed)
            throws SQLException {
        Standing before = rows.find(room, Row.of(request.whom().key()));
        boolean appoints = request.action() == ModerationAction.APPOINT;
        requireUser(request.whom());
        if (appoints) {
            requireOwner(request, room);
        }
        if (before.isBanned(now)) {
            throw forbidden("this user is banned from the room " + request.room() + ": end the ban first");
        }
        boolean isKept = appoints ? before.role() == request.role() : before.role() != null;
        if (isKept) {
            return Effect.NOTHING;
        }
        if (before.role() == Role.OWNER) {
            requireAnotherOwner(request, room);
        }
        return put(request, room, request.role(), now, changed);
    }

    private Effect dismiss(ModerationRequest request, String room, Instant now, Map<String, Standing> changed)
            throws SQLException {
        Row row = Row.of(request.whom().key());
        Standing before = rows.find(room, row);
        if (before.role() == null) {
            throw new ParleyException(ErrorCode.NOT_FOUND, "this user has no role in the room " + request.room());
        }
        if (before.role() == Role.OWNER) {
            requireAnotherOwner(request, room);
        } else if (before.role() == Role.MODERATOR && !isOwn(request)) {
            requireOwner(request, room);
        }
        roles.putInviter(room, row.key(), null, now);
        rows.change(room, row, before.withRole(null).at(now));
        changed.put(row.key(), rows.find(room, row.key()));
        return Effect.CHANGED;
    }

    private Effect put(ModerationRequest request, String room, Role role, Instant now, Map<String, Standing> changed)
            throws SQLException {
        Row row = Row.of(request.whom().key());
        Standing before = rows.find(room, row);
        checkPlace(request, room, before);
        String name = request.name() == null ? null : request.name().value();
        rows.put(room, row, before.withRole(role).at(now), name);
        if (before.role() == null) {
            roles.putInviter(room, row.key(), request.by(), now);
        }
        if (role == Role.OWNER) {
            endBanAndMute(room, row.key(), changed);
        }
        changed.put(row.key(), rows.find(room, row.key()));
        return before.role() == null ? Effect.INVITED : Effect.CHANGED;
    }

    /** Nobody could end them, because nobody moderates an owner. */
    private void endBanAndMute(String room, String owner, Map<String, Standing> changed) throws SQLException {
        for (Row each : rows.of(room, owner)) {
            rows.change(room, each, rows.find(room, each).bannedUntil(null).mutedUntil(null));
            changed.put(each.key(), rows.find(room, each.key()));
        }
    }

    private void checkPlace(ModerationRequest request, String room, Standing before) throws SQLException {
        if (before.role() == null && roles.count(room) >= Standings.MOST_ROLES) {
            throw forbidden("the room " + request.room() + " has " + Standings.MOST_ROLES
                    + " users with a role, and can't have more");
        }
        if (before.isNone() && rows.count(room) >= Standings.MOST) {
            throw forbidden("the room " + request.room() + " keeps " + Standings.MOST
                    + " bans, mutes and roles, but not more: end some of them first");
        }
    }

    private static void requireUser(CallerId whom) {
        if (whom.kind() != Caller.Kind.USER) {
            throw forbidden("only signed-in users can have a role in a room");
        }
    }

    private void requireOwner(ModerationRequest request, String room) throws SQLException {
        if (!isOfApplication(request) && rows.find(room, request.by().key()).role() != Role.OWNER) {
            throw forbidden("only an owner of the room " + request.room() + " may do this");
        }
    }

    private void requireAnotherOwner(ModerationRequest request, String room) throws SQLException {
        if (roles.owners(room) < 2) {
            throw forbidden("the room " + request.room() + " would have no owner: appoint another one first");
        }
    }
}
