package dev.parley.identity.jwt;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.ParseException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file with a set of keys (JWKS, RFC 7517 section 5). It is read again when it has changed. If a changed file can't be read,
 * the earlier keys stay valid, and the file is tried again once a second. Thread-safe; waits for the disk.
 */
final class KeysFile implements JWKSource<SecurityContext> {
    private static final Logger LOG = System.getLogger("dev.parley.identity");
    private static final long MAX_BYTES = 512 << 10;

    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    private volatile State state;

    /**
     * @param stamp the stamp of the file that was read
     * @param failedAt when a changed file could not be read, as {@link System#nanoTime}; null if the last try succeeded
     */
    private record State(JWKSet keys, Stamp stamp, Long failedAt) {}

    private record Stamp(FileTime changed, long size) {}

    /** @throws IOException if the file can't be read, or is not a set of keys */
    KeysFile(Path file) throws IOException {
        this.file = file;
        state = read(look());
    }

    @Override
    public List<JWK> get(JWKSelector selector, SecurityContext context) {
        State known = state;
        if (known.failedAt == null || System.nanoTime() - known.failedAt >= AGAIN_NANOS) {
            // Two threads may read a changed file at once. No lock is held while a file is read.
            known = current(known);
            state = known;
        }
        return selector.select(known.keys);
    }

    private State current(State known) {
        try {
            Stamp now = look();
            return now.equals(known.stamp) ? new State(known.keys, now, null) : read(now);
        } catch (IOException e) {
            if (known.failedAt == null) {
                LOG.log(
                        Level.WARNING,
                        "The keys of {0} can''t be read again; the earlier keys stay valid: {1}",
                        file,
                        e);
            }
            return new State(known.keys, known.stamp, System.nanoTime());
        }
    }

    private Stamp look() throws IOException {
        return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
    }

    private State read(Stamp now) throws IOException {
        if (now.size > MAX_BYTES) {
            throw new IOException("it has more than " + MAX_BYTES + " bytes");
        }
        try {
            return new State(JWKSet.parse(Files.readString(file)), now, null);
        } catch (ParseException e) {
            throw new IOException("it is not a set of keys (JWKS): " + e.getMessage(), e);
        }
    }
}
