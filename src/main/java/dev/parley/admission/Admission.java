package dev.parley.admission;

import dev.parley.operator.Incident;
import dev.parley.operator.OperatorLog;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides which HTTP requests to the path of the endpoint may become a WebSocket, before the container handles them. Containers
 * answer a plain GET with 404 and accept any origin, and WildFly 39 accepts any {@code Sec-WebSocket-Version}.
 * Thread-safe.
 */
public final class Admission {
    private static final String VERSION = "13";

    private final Origins origins;
    private final Hosts hosts;
    private final Proxies proxies;
    private final ConnectionLimit connectionLimit;
    private final OperatorLog operatorLog;

    public Admission(
            Origins origins, Hosts hosts, Proxies proxies, ConnectionLimit connectionLimit, OperatorLog operatorLog) {
        this.origins = Objects.requireNonNull(origins);
        this.hosts = Objects.requireNonNull(hosts);
        this.proxies = Objects.requireNonNull(proxies);
        this.connectionLimit = Objects.requireNonNull(connectionLimit);
        this.operatorLog = Objects.requireNonNull(operatorLog);
    }

    /**
     * The HTTP answer that rejects a request.
     *
     * @param headers without the headers that describe the body, and without {@code Connection}, which depends on the
     *     server
     * @param sentence the body: plain text for people
     */
    public record Refusal(int status, String reason, Map<String, String> headers, String sentence) {}

    /**
     * The address of the client that sent a request: the peer's own address, or, if the peer is a trusted proxy, the
     * address that the proxy names.
     *
     * @param peer the address at the other end of the TCP connection
     */
    public String client(String peer, Headers headers) {
        return proxies.client(peer, headers);
    }

    /**
     * Whether the client's connection uses TLS, as far as the server knows.
     *
     * @param peer as for {@link #client}
     * @param secure whether the TCP connection from the peer uses TLS
     */
    public boolean secure(String peer, boolean secure, Headers headers) {
        return proxies.secure(peer, secure, headers);
    }

    /**
     * @param method the request's method
     * @param address the client's address, as {@link #client} returns it
     * @param secure whether the client's connection uses TLS, as {@link #secure} returns it
     * @param headers returns the values of a header by its name, in upper or lower case; no values if the header is
     *     absent
     * @return empty if the request may go to the WebSocket container
     */
    public Optional<Refusal> refuse(String method, String address, boolean secure, Headers headers) {
        if (!method.equals("GET") || !asksForUpgrade(headers)) {
            operatorLog.count(Incident.NO_HANDSHAKE);
            return Optional.of(new Refusal(
                    426,
                    "Upgrade Required",
                    Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", VERSION),
                    "This is a WebSocket endpoint: connect to it with a WebSocket client.\n"));
        }
        if (!VERSION.equals(headers.first("Sec-WebSocket-Version"))) {
            // RFC 6455 section 4.4
            operatorLog.count(Incident.BAD_HANDSHAKE);
            return Optional.of(new Refusal(
                    426,
                    "Upgrade Required",
                    Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", VERSION),
                    "This server speaks version 13 of the WebSocket protocol.\n"));
        }
        if (!isKey(headers.first("Sec-WebSocket-Key"))) {
            // RFC 6455 section 4.2.1. Tyrus 2.2.2 answers 500 if the header is missing.
            operatorLog.count(Incident.BAD_HANDSHAKE);
            return Optional.of(new Refusal(
                    400, "Bad Request", Map.of(), "The header Sec-WebSocket-Key must be 16 bytes in Base64.\n"));
        }
        if (headers.repeat("Host") || headers.have("Origin") && !headers.have("Host")) {
            // RFC 9112 section 3.2
            operatorLog.count(Incident.BAD_HANDSHAKE);
            return Optional.of(
                    new Refusal(400, "Bad Request", Map.of(), "A request must have one Host header, and only one.\n"));
        }
        if (!admitsHost(headers)) {
            operatorLog.count(Incident.FOREIGN_HOST, headers.first("Host"));
            return Optional.of(
                    new Refusal(
                            421,
                            "Misdirected Request",
                            Map.of(),
                            "Pages may not connect to this server by this host name. The setting parley.hosts names its hosts.\n"));
        }
        if (!admitsOrigin(secure, headers)) {
            operatorLog.count(Incident.FOREIGN_ORIGIN, headers.first("Origin"));
            return Optional.of(new Refusal(
                    403,
                    "Forbidden",
                    Map.of(),
                    "Pages of this origin may not connect. The setting parley.origins names those that may.\n"));
        }
        Optional<ConnectionLimit.Full> full = connectionLimit.full(address);
        full.ifPresent(why -> operatorLog.count(why.incident, address));
        return full.map(Admission::comeBackLater);
    }

    private static Refusal comeBackLater(ConnectionLimit.Full full) {
        Map<String, String> retryAfter = Map.of("Retry-After", Integer.toString(ConnectionLimit.retryAfterSeconds()));
        return switch (full) {
            case IN_ALL -> new Refusal(503, "Service Unavailable", retryAfter, full.sentence + "\n");
            case OF_ADDRESS -> new Refusal(429, "Too Many Requests", retryAfter, full.sentence + "\n");
        };
    }

    /** Whether the page that sent a request, if a page did, may connect by this host name. */
    public boolean admitsPage(Headers headers) {
        return admitsHost(headers) && admitsOrigin(false, headers);
    }

    /** A client that sends no origin is no browser, so no foreign page can control it. */
    private boolean admitsHost(Headers headers) {
        return !headers.have("Origin") || headers.have("Host") && hosts.admit(headers.first("Host"));
    }

    private boolean admitsOrigin(boolean secure, Headers headers) {
        return origins.admit(headers.first("Origin"), headers.first("Host"), secure);
    }

    private static boolean asksForUpgrade(Headers headers) {
        return headers.haveToken("Upgrade", "websocket") && headers.haveToken("Connection", "upgrade");
    }

    private static boolean isKey(String value) {
        try {
            return value != null && Base64.getDecoder().decode(value.strip()).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
