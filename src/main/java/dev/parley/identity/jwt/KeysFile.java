package dev.parley.identity.jwt;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
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

/**
 * A file with a set of keys (JWKS, RFC 7517 section 5), read again when it has changed. A file that can't be read later on
 * leaves the keys that were read last. Thread-safe; waits for the disk.
 */
final class KeysFile implements JWKSource<SecurityContext> {
    private static final Logger LOG = System.getLogger("dev.parley.identity");
    private static final long MAX_BYTES = 512 << 10;

    private final Path file;
    private FileTime changed;
    private JWKSet keys;

    /** @throws IOException where the file can't be read, or holds no set of keys */
    KeysFile(Path file) throws IOException {
        this.file = file;
        read();
    }

    @Override
    public synchronized List<JWK> get(JWKSelector selector, SecurityContext context) throws KeySourceException {
        try {
            if (!Files.getLastModifiedTime(file).equals(changed)) {
                read();
            }
        } catch (IOException e) {
            if (keys == null) {
                throw new RemoteKeySourceException("no keys", e);
            }
            LOG.log(Level.WARNING, "The keys of {0} can''t be read again, those read before stay: {1}", file, e);
        }
        return selector.select(keys);
    }

    private void read() throws IOException {
        FileTime now = Files.getLastModifiedTime(file);
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("it has more than " + MAX_BYTES + " bytes");
        }
        // Before it is parsed: a bad file is logged once, not at each token.
        changed = now;
        try {
            keys = JWKSet.parse(Files.readString(file));
        } catch (ParseException e) {
            throw new IOException("it is no set of keys (JWKS): " + e.getMessage(), e);
        }
    }
}
