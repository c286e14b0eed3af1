package dev.parley.admission;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pages may connect, by the {@code Origin} that their browser sends (RFC 6455 section 10.2). Immutable.
 *
 * <p>A browser lets any page open a WebSocket to any host, with that host's cookies; the origin is what tells them
 * apart. A client that sends none is no browser, and passes.
 */
public final class Origins {
    private static final String ANY = "*";

    private final boolean any;
    private final Set<Origin> allowed;

    /**
     * @param allowed origins such as {@code https://chat.example.com}, or {@code *} for any; pages that come from the
     *     very host and port that they connect to are always allowed
     * @throws IllegalArgumentException for a text that is neither
     */
    public Origins(Set<String> allowed) {
        this.any = allowed.contains(ANY);
        this.allowed = allowed.stream()
                .filter(text -> !text.equals(ANY))
                .map(text -> Origin.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "'" + text + "' is no origin such as https://chat.example.com")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param origin the header {@code Origin}, or null
     * @param host the header {@code Host}, or null
     * @param secure whether the connection is known to use TLS, up to a trusted proxy at least
     */
    public boolean admit(String origin, String host, boolean secure) {
        if (origin == null || any) {
            return true;
        }
        // Empty for what is none, such as "null", which sandboxed pages send.
        Optional<Origin> page = Origin.parse(origin);
        return page.isPresent() && (allowed.contains(page.get()) || isSameHost(page.get(), host, secure));
    }

    /**
     * A page of http is another's where the connection uses TLS: anyone in between can change it. A page of https passes
     * on a plain connection, because a proxy in front often ends TLS and says nothing of it.
     */
    private static boolean isSameHost(Origin page, String host, boolean secure) {
        return page.isWeb()
                && !(secure && page.scheme().equals("http"))
                && host != null
                && Origin.parse(page.scheme() + "://" + host).equals(Optional.of(page));
    }
}
