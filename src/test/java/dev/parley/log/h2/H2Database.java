package dev.parley.log.h2;

import dev.parley.log.durable.Appender;
import dev.parley.log.durable.Database;
import dev.parley.log.durable.Reader;
import dev.parley.log.jdbc.JdbcReader;
import dev.parley.message.Body;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.security.SessionKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A log in an H2 database, in a folder or in memory, which shows that the durable log needs no SQLite. It is a second
 * implementation for tests. Thread-safe.
 */
public final class H2Database implements Database {
    /** An asynchronous file is not closed by an interrupt of the thread that uses it; a commit writes at once. */
    private static final String URL = "jdbc:h2:async:%s;WRITE_DELAY=0";

    private static final String IN_MEMORY = "jdbc:h2:mem:%s";

    /** H2 excludes other processes only. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private static final String[] TABLES = {
        "create table if not exists log (epoch varchar not null, newest bigint not null)",
        """
        create table if not exists room (
            id bigint generated always as identity primary key,
            name varchar not null unique,
            deleted bigint default 0 not null,
            erased bigint default 0 not null,
            counted bigint default 0 not null,
            bytes bigint default 0 not null)
        """,
        """
        create table if not exists author (
            id bigint generated always as identity primary key, "key" varchar not null unique, was varchar)
        """,
        """
        create table if not exists entry (
            room bigint not null references room,
            seq bigint not null,
            author bigint not null references author,
            sender varchar not null,
            client_id varchar,
            made_id varchar,
            at bigint not null,
            text varchar,
            kind varchar,
            media varchar,
            file_name varchar,
            file_size bigint,
            primary key (room, seq),
            unique (room, author, client_id),
            unique (room, author, made_id))
        """,
        """
        create table if not exists attachment (
            room bigint not null, seq bigint not null, bytes varbinary not null, primary key (room, seq))
        """,
        """
        create table if not exists mark (
            room bigint not null references room,
            author bigint not null references author,
            seq bigint not null,
            primary key (room, author))
        """,
        """
        create table if not exists standing (
            room varchar not null,
            caller varchar not null,
            role varchar,
            banned_until bigint,
            muted_until bigint,
            name varchar,
            made_for varchar default '' not null,
            inviter varchar,
            inviter_name varchar,
            given bigint,
            read_to bigint,
            primary key (room, caller, made_for))
        """,
        """
        create table if not exists room_setting (
            room varchar primary key, slow int not null, closed int not null, maker varchar)
        """,
        """
        create table if not exists room_keep (
            room varchar primary key, millis bigint, entries bigint, bytes bigint, attachments bigint)
        """,
        """
        create table if not exists audit (
            id bigint generated always as identity primary key,
            at bigint not null,
            actor varchar not null,
            actor_name varchar not null,
            room varchar not null,
            action varchar not null,
            whom varchar,
            whom_name varchar,
            seq bigint,
            seconds bigint,
            address int not null,
            role varchar,
            reason varchar)
        """,
        """
        create table if not exists direct (
            author bigint not null references author,
            room bigint not null references room,
            seq bigint not null,
            at bigint not null,
            primary key (author, room))
        """,
        "create index if not exists direct_newest on direct (author, at)",
        "create index if not exists author_was on author (was)",
        """
        create table if not exists erasure (
            id bigint generated always as identity primary key,
            author bigint references author,
            place bigint not null,
            seq bigint not null,
            hints int default 0 not null,
            entries bigint default 0 not null,
            ended bigint)
        """,
        "create table if not exists observer (id bigint generated always as identity primary key, name varchar not null unique)",
        """
        create table if not exists observer_position (
            observer bigint not null references observer,
            room bigint not null references room,
            seq bigint not null,
            primary key (observer, room))
        """,
        "create table if not exists reserved_name (name varchar primary key, author bigint not null references author)",
    };

    private final String url;
    private final Supplier<byte[]> sessionKey;
    private final Runnable release;
    private final String epoch;
    /** While it is open, the database is. */
    private final Connection first;

    /** @param release called when the database is closed */
    private H2Database(String url, Supplier<byte[]> sessionKey, Runnable release) throws SQLException {
        this.url = url;
        this.sessionKey = sessionKey;
        this.release = release;
        first = open();
        epoch = migrate();
    }

    /** @throws ParleyException with {@code unavailable} when it is open already, or can't be opened */
    public static H2Database open(Path folder) {
        Path path = folder.toAbsolutePath();
        Runnable release = () -> OPEN.remove(path);
        if (!OPEN.add(path)) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "another log uses " + path);
        }
        try {
            Files.createDirectories(path);
            return new H2Database(url(path), () -> SessionKey.of(path), release);
        } catch (SQLException | IOException e) {
            release.run();
            throw new ParleyException(ErrorCode.UNAVAILABLE, "can't open the log " + path, e);
        } catch (RuntimeException e) {
            release.run();
            throw e;
        }
    }

    /** A database in memory that nothing else can open; it ends when it is closed. */
    public static H2Database inMemory() {
        try {
            byte[] key = SessionKey.create();
            return new H2Database(IN_MEMORY.formatted(UUID.randomUUID()), key::clone, () -> {});
        } catch (SQLException e) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "can't open a log in memory", e);
        }
    }

    /** A connection to the database in a folder, beside those of a log. */
    static Connection connect(Path folder) throws SQLException {
        return connect(url(folder));
    }

    private static String url(Path folder) {
        return URL.formatted(folder.toAbsolutePath().resolve("parley"));
    }

    private static Connection connect(String url) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        return source.getConnection();
    }

    private String migrate() throws SQLException {
        try (Statement statement = first.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
            statement.execute(
                    "insert into log select '" + UUID.randomUUID() + "', 0 where not exists (select 1 from log)");
            first.commit();
            try (ResultSet row = statement.executeQuery("select epoch from log")) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private Connection open() throws SQLException {
        Connection connection = connect(url);
        try {
            connection.setAutoCommit(false);
            // To H2, all statements of a transaction see the moment of the first.
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public byte[] sessionKey() {
        return sessionKey.get();
    }

    @Override
    public Appender appender() throws SQLException {
        return new H2Appender(open(), epoch);
    }

    @Override
    public Reader reader() throws SQLException {
        return new JdbcReader(open());
    }

    /** Classes 22 and 23 of SQLSTATE: data, and constraints. */
    @Override
    public boolean concernsOneRow(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    @Override
    public void checkSpace(Body body) {
        // Disks are not looked at here.
    }

    @Override
    public void close() {
        try {
            first.close();
        } catch (SQLException e) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "can't close the log " + url, e);
        } finally {
            release.run();
        }
    }

    @Override
    public String toString() {
        return url;
    }
}
