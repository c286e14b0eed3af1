package dev.parley.log.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * The authors that were erased. Such an author has a key without meaning, and for some days a digest of the key that it had.
 * Not thread-safe; its statements end with their connection.
 *
 * <pre>
 *   user:ann ──▶ erased:17, a digest ──(seven days)──▶ erased:17
 * </pre>
 *
 * <p>The digest is there only so that a message which is sent again is not stored again. It depends on the log, so that one
 * table of digests does not fit all logs.
 */
public final class FormerAuthors {
    static final String PREFIX = "erased:";

    private final String log;
    private final PreparedStatement find;
    private final PreparedStatement replace;

    /**
     * @param connection without auto-commit
     * @param log the epoch of the log
     */
    public FormerAuthors(Connection connection, String log) throws SQLException {
        this.log = log;
        find = connection.prepareStatement("select 1 from author where was = ?");
        replace = connection.prepareStatement("update author set \"key\" = ?, was = ? where id = ?");
    }

    static boolean isFormer(String key) {
        return key.startsWith(PREFIX);
    }

    /** What such an author has in the column {@code was} if it had this key. */
    public String digest(String key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(log.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            return HexFormat.of().formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether a user with this key was erased, and is not forgotten. */
    public boolean has(String key) throws SQLException {
        find.setString(1, digest(key));
        try (ResultSet row = find.executeQuery()) {
            return row.next();
        }
    }

    /** Replaces the key of this author. */
    void erase(long author, String key) throws SQLException {
        replace.setString(1, PREFIX + author);
        replace.setString(2, digest(key));
        replace.setLong(3, author);
        replace.executeUpdate();
    }
}
