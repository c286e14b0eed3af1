package dev.parley.log.jdbc;

import dev.parley.log.ModerationRequest;
import dev.parley.log.durable.ModerationWriter;
import dev.parley.message.AuditEntry;
import dev.parley.message.CallerId;
import dev.parley.message.ModerationAction;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;

/** The table {@code audit}. Not thread-safe; its statements end with their connection. */
final class AuditRows {
    static final String SELECT = "select id, at, actor, actor_name, room, action, whom, whom_name, seq, seconds,"
            + " address, role, reason from audit where id > ? order by id limit ?";

    private final PreparedStatement add;
    private final PreparedStatement newest;
    private final PreparedStatement removeOld;

    AuditRows(Connection connection) throws SQLException {
        add = connection.prepareStatement(
                "insert into audit (at, actor, actor_name, room, action, whom, whom_name, seq, seconds, address, role,"
                        + " reason) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        newest = connection.prepareStatement("select max(id) from audit");
        removeOld = connection.prepareStatement("delete from audit where id in"
                + " (select id from audit where at < ? or id <= ? order by id limit ?)");
    }

    void add(ModerationRequest request, Instant now) throws SQLException {
        add.setLong(1, now.toEpochMilli());
        add.setString(2, request.by().key());
        add.setString(3, request.by().name().value());
        add.setString(4, StandingRows.name(request.room()));
        add.setString(5, request.action().wire());
        add.setString(6, request.whom() == null ? null : request.whom().key());
        add.setString(7, request.name() == null ? null : request.name().value());
        set(8, request.seq());
        set(9, request.seconds());
        add.setInt(10, request.networks().isEmpty() ? 0 : 1);
        add.setString(11, request.role() == null ? null : request.role().wire());
        add.setString(12, request.reason());
        add.executeUpdate();
    }

    private void set(int column, Long number) throws SQLException {
        if (number == null) {
            add.setNull(column, Types.BIGINT);
        } else {
            add.setLong(column, number);
        }
    }

    static AuditEntry read(ResultSet row) throws SQLException {
        String room = row.getString(5);
        String whom = row.getString(7);
        String name = row.getString(8);
        String role = row.getString(12);
        return new AuditEntry(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                CallerId.ofKey(row.getString(3)),
                new UserName(row.getString(4)),
                room.isEmpty() ? null : new RoomName(room),
                ModerationAction.ofWire(row.getString(6)),
                whom == null ? null : CallerId.ofKey(whom),
                name == null ? null : new UserName(name),
                number(row, 9),
                number(row, 10),
                row.getInt(11) != 0,
                role == null ? null : Role.ofWire(role),
                row.getString(13));
    }

    private static Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    /** @return how many were removed, at most {@code limit} */
    int removeOld(Instant now, int limit) throws SQLException {
        long last;
        try (ResultSet row = newest.executeQuery()) {
            row.next();
            last = row.getLong(1);
        }
        removeOld.setLong(
                1, now.minus(Duration.ofDays(ModerationWriter.AUDIT_DAYS)).toEpochMilli());
        removeOld.setLong(2, last - ModerationWriter.AUDIT_ENTRIES);
        removeOld.setInt(3, limit);
        return removeOld.executeUpdate();
    }
}
