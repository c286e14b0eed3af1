package dev.parley.endpoint;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Which pages may connect, by the {@code Origin} that their browser sends (RFC 6455 section 10.2). Immutable.
 *
 * <p>A browser lets any page open a WebSocket to any host, with that host's cookies; the origin is what tells them
 * apart. A client that sends none is no browser, and passes.
 */
public final class Origins {
    private static final String ANY = "*";

    private final Set<String> allowed;

    /**
     * @param allowed origins such as {@code https://chat.example.com}, or {@code *} for any; pages that come from the
     *     very host and port that they connect to are always allowed
     * @throws IllegalArgumentException for a text that is neither
     */
    public Origins(Set<String> allowed) {
        for (String origin : allowed) {
            if (!origin.equals(ANY) && authority(origin) == null) {
                throw new IllegalArgumentException("'" + origin + "' is no origin such as https://chat.example.com");
            }
        }
        this.allowed = Set.copyOf(allowed);
    }

    /**
     * @param origin the header {@code Origin}, or null
     * @param host the header {@code Host}, or null
     */
    public boolean admit(String origin, String host) {
        if (origin == null || allowed.contains(ANY) || allowed.contains(origin)) {
            return true;
        }
        String authority = authority(origin);
        return authority != null && host != null && authority.equals(withPort(host, origin));
    }

    /** Host and port of an origin; null for what is none, such as {@code null}, which sandboxed pages send. */
    private static String authority(String origin) {
        try {
            URI uri = URI.create(origin);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null || !uri.getRawPath().isEmpty()) {
                return null;
            }
            return withPort(uri.getRawAuthority(), origin);
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    private static String withPort(String authority, String origin) {
        String lower = authority.toLowerCase(Locale.ROOT);
        boolean hasPort = lower.lastIndexOf(':') > lower.lastIndexOf(']');
        return hasPort ? lower : lower + (origin.startsWith("https:") ? ":443" : ":80");
    }
}
