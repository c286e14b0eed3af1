package dev.parley.log.jdbc;

import dev.parley.log.ModerationRequest;
import dev.parley.log.StandingsChange;
import dev.parley.log.durable.ModerationWriter;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Writes standings, settings of rooms and the audit log through JDBC. Not thread-safe; its statements end with their
 * connection.
 *
 * <p>A ban or a mute of an address is a row of its own, which knows for whom it was made. So it ends with the ban of that user,
 * although nobody knows the address any more.
 */
public final class JdbcModeration implements ModerationWriter {
    private final StandingRows rows;
    private final AuditRows audit;

    /** @param connection without auto-commit */
    public JdbcModeration(Connection connection) throws SQLException {
        rows = new StandingRows(connection);
        audit = new AuditRows(connection);
    }

    @Override
    public StandingsChange moderate(ModerationRequest request, Instant now) throws SQLException {
        String room = StandingRows.name(request.room());
        if (request.action() != ModerationAction.ERASE) {
            check(request, room, now);
        }
        Map<String, Standing> changed = new LinkedHashMap<>();
        switch (request.action()) {
            case BAN -> {
                Instant end = end(request, now);
                put(request, room, now, changed, standing -> standing.bannedUntil(end));
            }
            case MUTE -> {
                Instant end = end(request, now);
                put(request, room, now, changed, standing -> standing.mutedUntil(end));
            }
            case UNBAN -> lift(request, room, now, changed, standing -> standing.bannedUntil(null));
            case UNMUTE -> lift(request, room, now, changed, standing -> standing.mutedUntil(null));
            case SLOW -> rows.putSlow(room, request.seconds().intValue());
            case REMOVE, ERASE -> {
                // Nothing of it is a standing.
            }
        }
        audit.add(request, now);
        Standings settings = rows.settings(room);
        return new StandingsChange(request.room(), changed, settings.slow(), settings.closed());
    }

    private void check(ModerationRequest request, String room, Instant now) throws SQLException {
        CallerId by = request.by().id();
        if (by.kind() == Caller.Kind.APPLICATION) {
            return;
        }
        // The moderator had the permission a moment ago. Another moderator may have been faster.
        if (rows.find(room, by.key()).isBanned(now)) {
            throw forbidden("you are banned from the room " + request.room() + " yourself");
        }
        if (request.whom() != null && rows.find(room, request.whom().key()).role() == Role.OWNER) {
            throw forbidden("this user is an owner of the room " + request.room() + ", whom nobody can moderate");
        }
    }

    private static ParleyException forbidden(String why) {
        return new ParleyException(ErrorCode.FORBIDDEN, why);
    }

    private static Instant end(ModerationRequest request, Instant now) {
        return request.seconds() == null ? Standing.FOREVER : now.plusSeconds(request.seconds());
    }

    private void put(
            ModerationRequest request,
            String room,
            Instant now,
            Map<String, Standing> changed,
            UnaryOperator<Standing> update)
            throws SQLException {
        String whom = request.whom().key();
        changed.put(whom, Standing.NONE);
        request.networks().forEach(network -> changed.put(Standings.addressKey(network), Standing.NONE));
        int added = 0;
        for (Map.Entry<String, Standing> one : changed.entrySet()) {
            Standing before = rows.find(room, one.getKey());
            added += before.isNone() ? 1 : 0;
            one.setValue(update.apply(before.at(now)));
        }
        checkPlace(request.room(), room, added);
        String name = request.name() == null ? null : request.name().value();
        for (Map.Entry<String, Standing> one : changed.entrySet()) {
            rows.put(room, one.getKey(), one.getValue(), name, one.getKey().equals(whom) ? null : whom);
        }
    }

    private void checkPlace(RoomName name, String room, int added) throws SQLException {
        if (added > 0 && rows.count(room) + added > Standings.MOST) {
            throw forbidden((name == null ? "this server" : "the room " + name) + " keeps " + Standings.MOST
                    + " bans, mutes and roles, but not more: end some of them first");
        }
    }

    private void lift(
            ModerationRequest request,
            String room,
            Instant now,
            Map<String, Standing> changed,
            UnaryOperator<Standing> update)
            throws SQLException {
        boolean isName = request.whom() == null;
        for (String key : isName ? rows.named(room, request.name()) : rows.of(room, request.whom())) {
            Standing before = rows.find(room, key);
            Standing after = update.apply(before).at(now);
            changed.put(key, after);
            rows.change(room, key, after);
        }
        if (isName && changed.isEmpty()) {
            throw new ParleyException(
                    ErrorCode.NOT_FOUND, "nobody with the name " + request.name() + " is banned or muted here");
        }
    }

    @Override
    public Tidied tidy(Instant now) throws SQLException {
        int ended = rows.removeEnded(now, STEP);
        int deleted = audit.removeOld(now, STEP);
        return new Tidied(ended, ended < STEP && deleted < STEP, rows.hasEnds());
    }
}
