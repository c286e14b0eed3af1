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
 * A file with a set of keys (JWKS, RFC 7517 section 5), read again when it has changed. A file that can't be read later on
 * leaves the keys that were read last, and is tried again once a second. Thread-safe; waits for the disk.
 */
final class KeysFile implements JWKSource<SecurityContext> {
    private static final Logger LOG = System.getLogger("dev.parley.identity");
    private static final long MAX_BYTES = 512 << 10;

    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path file;
    /** Of the file that was read. */
    private Stamp stamp;

    private JWKSet keys;
    /** When a changed file could not be read, as {@link System#nanoTime}; null while it can. */
    private Long failedAt;

    private record Stamp(FileTime changed, long size) {}

    /** @throws IOException where the file can't be read, or holds no set of keys */
    KeysFile(Path file) throws IOException {
        this.file = file;
        read(look());
    }

    @Override
    public synchronized List<JWK> get(JWKSelector selector, SecurityContext context) {
        if (failedAt == null || System.nanoTime() - failedAt >= AGAIN_NANOS) {
            readIfChanged();
        }
        return selector.select(keys);
    }

    private void readIfChanged() {
        try {
            Stamp now = look();
            if (!now.equals(stamp)) {
                read(now);
            }
            failedAt = null;
        } catch (IOException e) {
            if (failedAt == null) {
                LOG.log(Level.WARNING, "The keys of {0} can''t be read again, those read before stay: {1}", file, e);
            }
            failedAt = System.nanoTime();
        }
    }

    private Stamp look() throws IOException {
        return new Stamp(Files.getLastModifiedTime(file), Files.size(file));
    }

    private void read(Stamp now) throws IOException {
        if (now.size > MAX_BYTES) {
            throw new IOException("it has more than " + MAX_BYTES + " bytes");
        }
        try {
            keys = JWKSet.parse(Files.readString(file));
            stamp = now;
        } catch (ParseException e) {
            throw new IOException("it is no set of keys (JWKS): " + e.getMessage(), e);
        }
    }
}
