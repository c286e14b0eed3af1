package dev.parley.identity.jwt;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URL;
import java.util.List;

/** Reads a set of keys from its address, and remembers whether this ever succeeded. Thread-safe. */
final class KeysAtAddress implements ResourceRetriever {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int READ_MILLIS = 3_000;
    /** The longest time for one read. */
    static final int PATIENCE_MILLIS = CONNECT_MILLIS + READ_MILLIS;

    private static final int MAX_BYTES = 512 << 10;

    private final ResourceRetriever retriever = new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MAX_BYTES);
    private volatile boolean wasRead;

    @Override
    public Resource retrieveResource(URL address) throws IOException {
        Resource keys = retriever.retrieveResource(address);
        wasRead = true;
        return keys;
    }

    /**
     * Wraps a source. If a key is missing and it is too soon to read the set again, the key counts as unknown. But if the set
     * was never read, the source fails, because the key may be valid.
     */
    JWKSource<SecurityContext> unlessTooSoon(JWKSource<SecurityContext> keys) {
        return (selector, context) -> {
            try {
                return keys.get(selector, context);
            } catch (RateLimitReachedException e) {
                if (wasRead) {
                    return List.of();
                }
                throw e;
            }
        };
    }
}
