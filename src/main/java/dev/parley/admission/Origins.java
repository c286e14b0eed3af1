package dev.parley.admission;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The pages that may connect, checked against the {@code Origin} that their browser sends (RFC 6455 section 10.2).
 * Immutable.
 *
 * <p>A browser lets any page open a WebSocket to any host, with that host's cookies. Only the origin shows which page
 * it is. A client that sends no origin is no browser, and is accepted.
 */
public final class Origins {
    private static final String ANY = "*";

    private final boolean any;
    private final Set<Origin> allowed;

    /**
     * @param allowed origins such as {@code https://chat.example.com}, or {@code *} for any. Pages from the same host
     *     and port to which they connect are always allowed
     * @throws IllegalArgumentException for a text that is no origin and not {@code *}
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
     * @param secure whether the connection uses TLS, at least up to a trusted proxy
     */
    public boolean admit(String origin, String host, boolean secure) {
        if (origin == null || any) {
            return true;
        }
        // Empty for a text that is no origin, such as "null", which sandboxed pages send.
        Optional<Origin> page = Origin.parse(origin);
        return page.isPresent() && (allowed.contains(page.get()) || isSameHost(page.get(), host, secure));
    }

    /**
     * On a connection with TLS, a page with http counts as foreign: anyone on its way could have changed it. On a plain
     * connection, a page with https is accepted, because a proxy in front often ends TLS without a header that says so.
     */
    private static boolean isSameHost(Origin page, String host, boolean secure) {
        return page.isWeb()
                && !(secure && page.scheme().equals("http"))
                && host != null
                && Origin.parse(page.scheme() + "://" + host).equals(Optional.of(page));
    }
}
