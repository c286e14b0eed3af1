package dev.parley.transport;

import dev.parley.admission.Headers;
import dev.parley.message.ClientMessage;
import dev.parley.message.ServerMessage;
import jakarta.websocket.Extension;
import jakarta.websocket.Session;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The lines of the request and the response of a handshake. A peer can ask for the lines of its own handshake. Immutable.
 *
 * <p>Only the lines of the request that a script may see are kept: no cookies, and no header that a proxy has added. The
 * response is made here from the request and the negotiated session (RFC 6455 section 4.2.2), because containers give no
 * access to theirs.
 */
public final class HandshakeHead {
    public static final HandshakeHead UNKNOWN = new HandshakeHead(new byte[0]);

    private static final int MAX_CHARS = 4_096;
    private static final int MAX_VALUE_CHARS = 512;
    private static final String HIDDEN = "…";
    private static final String KEY = "sec-websocket-key";
    /** The headers that are shown: they belong to the handshake, or every browser sends them. */
    private static final Set<String> SHOWN = Set.of(
            "host",
            "upgrade",
            "connection",
            "origin",
            "user-agent",
            "accept-encoding",
            "accept-language",
            "pragma",
            "cache-control",
            KEY,
            "sec-websocket-version",
            "sec-websocket-protocol",
            "sec-websocket-extensions");
    /** The headers whose names are shown, and whose values are hidden. */
    private static final Set<String> CREDENTIALS = Set.of("cookie", "authorization");

    private static final Pattern QUERY_VALUE = Pattern.compile("=[^&]*");
    /** RFC 6455 section 1.3 */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** Bytes take less memory than strings, and every idle connection has this. */
    private final byte[] request;

    private HandshakeHead(byte[] request) {
        this.request = request;
    }

    /**
     * @param path of the request
     * @param query of the request, without the question mark, or null
     * @param names of the headers, in their order, in any case
     */
    public static HandshakeHead of(String path, String query, Iterable<String> names, Headers headers) {
        // A handshake is a GET of HTTP/1.1 (RFC 6455 section 4.1).
        StringBuilder lines = new StringBuilder("GET ").append(cut(path));
        if (query != null) {
            lines.append('?').append(cut(QUERY_VALUE.matcher(query).replaceAll("=" + HIDDEN)));
        }
        lines.append(" HTTP/1.1");
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (CREDENTIALS.contains(lower)) {
                add(name, HIDDEN, lines);
            } else if (SHOWN.contains(lower)) {
                headers.values(name).forEach(value -> add(name, cut(value), lines));
            }
        }
        return parse(lines.toString());
    }

    private static void add(String name, String value, StringBuilder lines) {
        if (lines.length() + name.length() + value.length() < MAX_CHARS) {
            lines.append('\n').append(name).append(": ").append(value);
        }
    }

    private static String cut(String value) {
        return value.length() <= MAX_VALUE_CHARS ? value : value.substring(0, MAX_VALUE_CHARS) + HIDDEN;
    }

    static HandshakeHead parse(String lines) {
        return new HandshakeHead(lines.getBytes(StandardCharsets.UTF_8));
    }

    /** The answer to a peer that starts or ends watching its connection. @param session the one of this handshake */
    public ServerMessage.Watching answer(ClientMessage.Watch watch, Session session) {
        return watch.on()
                ? new ServerMessage.Watching(watch.ref(), true, request(), response(session))
                : new ServerMessage.Watching(watch.ref(), false, List.of(), List.of());
    }

    List<String> request() {
        return toString().lines().toList();
    }

    private List<String> response(Session session) {
        List<String> lines = new ArrayList<>();
        lines.add("HTTP/1.1 101 Switching Protocols");
        lines.add("Upgrade: websocket");
        lines.add("Connection: Upgrade");
        request().stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(KEY + ":"))
                .findFirst()
                .map(line -> line.substring(KEY.length() + 1).strip())
                .ifPresent(key -> lines.add("Sec-WebSocket-Accept: " + accept(key)));
        if (!session.getNegotiatedSubprotocol().isEmpty()) {
            lines.add("Sec-WebSocket-Protocol: " + session.getNegotiatedSubprotocol());
        }
        if (!session.getNegotiatedExtensions().isEmpty()) {
            lines.add("Sec-WebSocket-Extensions: "
                    + session.getNegotiatedExtensions().stream()
                            .map(HandshakeHead::text)
                            .collect(Collectors.joining(", ")));
        }
        return lines;
    }

    private static String text(Extension extension) {
        return extension.getName()
                + extension.getParameters().stream()
                        .map(parameter -> "; " + parameter.getName()
                                + (parameter.getValue() == null
                                                || parameter.getValue().isEmpty()
                                        ? ""
                                        : "=" + parameter.getValue()))
                        .collect(Collectors.joining());
    }

    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** The lines of the request. */
    @Override
    public String toString() {
        return new String(request, StandardCharsets.UTF_8);
    }
}
