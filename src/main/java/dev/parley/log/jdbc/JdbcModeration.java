package dev.parley.log.jdbc;

import dev.parley.log.ModerationRequest;
import dev.parley.log.StandingsChange;
import dev.parley.log.StandingsChange.Effect;
import dev.parley.log.User;
import dev.parley.log.durable.ModerationWriter;
import dev.parley.log.jdbc.StandingRows.Row;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ErrorCode;
import dev.parley.message.Keep;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Standing;
import dev.parley.message.Standings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Writes standings, settings of rooms and the audit log through JDBC. Not thread-safe; its statements end with their
 * connection.
 *
 * <p>A ban or a mute of an address is a row of its own, which knows for whom it was made. So it ends with the ban of that user,
 * although nobody knows the address any more. Several users may have had the address: each has a row of it, and the address is
 * free when the last of them has ended.
 */
public final class JdbcModeration implements ModerationWriter {
    /** The name of the whole server in the place of a room. */
    private static final String SERVER = StandingRows.name(null);

    private final StandingRows rows;
    private final SettingRows settings;
    private final RoomRoles roles;
    private final KeepRows keeps;
    private final AuditRows audit;

    /** @param connection without auto-commit */
    public JdbcModeration(Connection connection) throws SQLException {
        rows = new StandingRows(connection);
        settings = new SettingRows(connection);
        roles = new RoomRoles(connection, rows, settings);
        keeps = new KeepRows(connection);
        audit = new AuditRows(connection);
    }

    @Override
    public StandingsChange moderate(ModerationRequest request, Instant now) throws SQLException {
        check(request, now);
        String room = StandingRows.name(request.room());
        Map<String, Standing> changed = new LinkedHashMap<>();
        Effect effect = Effect.CHANGED;
        switch (request.action()) {
            case BAN -> put(request, room, now, changed, Standing::bannedUntil);
            case MUTE -> put(request, room, now, changed, Standing::mutedUntil);
            case UNBAN -> lift(request, room, now, changed, standing -> standing.bannedUntil(null));
            case UNMUTE -> lift(request, room, now, changed, standing -> standing.mutedUntil(null));
            case SLOW -> {
                settings.putSlow(room, request.seconds().intValue());
                audit.add(request, now);
            }
            case CREATE, INVITE, DISMISS, APPOINT, CLOSE, OPEN -> {
                effect = roles.change(request, room, now, changed);
                if (effect != Effect.NOTHING) {
                    audit.add(request, now);
                    if (request.closed()) {
                        audit.add(
                                ModerationRequest.ofRoom(
                                        request.by(), request.room(), ModerationAction.CLOSE, null, null),
                                now);
                    }
                }
            }
            // Nothing of it is a standing.
            case REMOVE, ERASE, KEEP -> audit.add(request, now);
        }
        Standings after = settings.find(room);
        return new StandingsChange(request.room(), changed, after.slow(), after.closed(), effect);
    }

    @Override
    public void keep(User by, RoomName room, Keep keep, Instant now) throws SQLException {
        keeps.put(room, keep);
        String rule = keep == null ? "as the settings say" : keep.text();
        audit.add(ModerationRequest.ofRoom(by, room, ModerationAction.KEEP, null, rule), now);
    }

    @Override
    public void check(ModerationRequest request, Instant now) throws SQLException {
        CallerId by = request.by().id();
        if (by.kind() == Caller.Kind.APPLICATION) {
            return;
        }
        // The moderator had the permission a moment ago. Another moderator may have been faster.
        String room = StandingRows.name(request.room());
        if (rows.find(room, by.key()).isBanned(now)) {
            throw forbidden("you are banned from the room " + request.room() + " yourself");
        }
        if (rows.find(SERVER, by.key()).isBanned(now)) {
            throw forbidden("you are banned from this server");
        }
        // An owner may give up this role, and may be invited again after an answer that was lost.
        boolean mayBeOwner = request.action().isAboutRoles()
                && (request.action() != ModerationAction.DISMISS && request.action() != ModerationAction.APPOINT
                        || by.equals(request.whom()));
        if (!mayBeOwner
                && request.whom() != null
                && rows.find(room, request.whom().key()).role() == Role.OWNER) {
            throw forbidden("this user is an owner of the room " + request.room() + ", whom nobody can moderate");
        }
    }

    private static ParleyException forbidden(String why) {
        return new ParleyException(ErrorCode.FORBIDDEN, why);
    }

    /** The end of an address comes earlier, if the ban or the mute lasts longer than an address may have one. */
    private static Instant end(ModerationRequest request, Instant now, boolean isAddress) {
        Long seconds = request.seconds();
        if (isAddress) {
            seconds = seconds == null ? Standings.MOST_OF_ADDRESS : Math.min(seconds, Standings.MOST_OF_ADDRESS);
        }
        return seconds == null ? Standing.FOREVER : now.plusSeconds(seconds);
    }

    private void put(
            ModerationRequest request,
            String room,
            Instant now,
            Map<String, Standing> changed,
            BiFunction<Standing, Instant, Standing> update)
            throws SQLException {
        String whom = request.whom().key();
        List<Row> concerned = new ArrayList<>(List.of(Row.of(whom)));
        request.networks().forEach(network -> concerned.add(new Row(Standings.addressKey(network), whom)));
        Map<Row, Standing> updated = new LinkedHashMap<>();
        int added = 0;
        for (Row row : concerned) {
            Standing before = rows.find(room, row);
            added += before.isNone() ? 1 : 0;
            updated.put(
                    row,
                    update.apply(before.at(now), end(request, now, !row.key().equals(whom))));
        }
        checkPlace(request.room(), room, added);
        String name = request.name() == null ? null : request.name().value();
        for (Map.Entry<Row, Standing> one : updated.entrySet()) {
            rows.put(room, one.getKey(), one.getValue(), name);
        }
        audit.add(request, now);
        for (Row row : concerned) {
            changed.put(row.key(), rows.find(room, row.key()));
        }
    }

    private void checkPlace(RoomName name, String room, int added) throws SQLException {
        if (added > 0 && rows.count(room) + added > Standings.MOST) {
            throw forbidden((name == null ? "this server" : "the room " + name) + " keeps " + Standings.MOST
                    + " bans, mutes and roles, but not more: end some of them first");
        }
    }

    /** A name alone is that of all users with a standing that was made under it; so each of them has an entry of the audit log. */
    private void lift(
            ModerationRequest request,
            String room,
            Instant now,
            Map<String, Standing> changed,
            UnaryOperator<Standing> update)
            throws SQLException {
        Set<String> owners = request.whom() == null
                ? rows.named(room, request.name())
                : Set.of(request.whom().key());
        boolean isOwn = false;
        for (String owner : owners) {
            List<Row> lifted = rowsToLift(room, owner, now, update);
            if (lifted.isEmpty()) {
                continue;
            }
            // The moderator may have gone, and then his name is one that had a ban or a mute.
            if (owner.equals(request.by().key())) {
                isOwn = true;
                continue;
            }
            for (Row row : lifted) {
                rows.change(room, row, update.apply(rows.find(room, row)).at(now));
            }
            for (Row row : lifted) {
                changed.put(row.key(), rows.find(room, row.key()));
            }
            audit.add(request.about(CallerId.ofKey(owner)), now);
        }
        if (changed.isEmpty()) {
            throw isOwn ? forbidden("you can't moderate yourself") : notFound(request);
        }
    }

    private List<Row> rowsToLift(String room, String owner, Instant now, UnaryOperator<Standing> update)
            throws SQLException {
        List<Row> found = new ArrayList<>();
        for (Row row : rows.of(room, owner)) {
            Standing before = rows.find(room, row).at(now);
            if (!update.apply(before).equals(before)) {
                found.add(row);
            }
        }
        return found;
    }

    private static ParleyException notFound(ModerationRequest request) {
        String whom = request.whom() == null ? "nobody with the name " + request.name() + " is " : "this user is not ";
        String isWhat = request.action() == ModerationAction.UNBAN ? "banned here" : "muted here";
        return new ParleyException(ErrorCode.NOT_FOUND, whom + isWhat);
    }

    @Override
    public Tidied tidy(Instant now) throws SQLException {
        int ended = rows.removeEnded(now, STEP);
        int deleted = audit.removeOld(now, STEP);
        return new Tidied(ended, ended < STEP && deleted < STEP, rows.hasEnds());
    }
}
