package dev.parley.endpoint;

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
import java.util.stream.Collectors;

/**
 * The heads of the two messages of a handshake, as lines, kept for whoever wants to see that of its own connection.
 * Immutable.
 *
 * <p>Of the request as it came, but without the values of credentials: a page's script may not read its cookies. Of the
 * response as RFC 6455 section 4.2.2 has it: containers write it when nobody can look on, and it follows from the request
 * and from what was agreed on.
 */
public final class Head {
    static final Head UNKNOWN = new Head(new byte[0]);

    private static final int MAX_LENGTH = 4_096;
    private static final String HIDDEN = "…";
    private static final Set<String> CREDENTIALS = Set.of("cookie", "authorization", "proxy-authorization");
    private static final String KEY = "sec-websocket-key:";
    /** RFC 6455 section 1.3 */
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** Every idle connection has one: bytes take the least room. */
    private final byte[] request;

    private Head(byte[] request) {
        this.request = request;
    }

    /**
     * @param line the request line
     * @param names of the headers, in their order, in any case
     */
    public static Head of(String line, Iterable<String> names, Admission.Headers headers) {
        StringBuilder lines = new StringBuilder(line);
        for (String name : names) {
            boolean hidden = CREDENTIALS.contains(name.toLowerCase(Locale.ROOT));
            for (String value : headers.values(name)) {
                lines.append('\n').append(name).append(": ").append(hidden ? HIDDEN : value);
            }
            if (lines.length() > MAX_LENGTH) {
                lines.setLength(MAX_LENGTH);
                lines.append(HIDDEN);
                break;
            }
        }
        return parse(lines.toString());
    }

    static Head parse(String lines) {
        return new Head(lines.getBytes(StandardCharsets.UTF_8));
    }

    List<String> request() {
        return toString().lines().toList();
    }

    List<String> response(Session session) {
        List<String> lines = new ArrayList<>();
        lines.add("HTTP/1.1 101 Switching Protocols");
        lines.add("Upgrade: websocket");
        lines.add("Connection: Upgrade");
        request().stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(KEY))
                .findFirst()
                .map(line -> line.substring(KEY.length()).strip())
                .ifPresent(key -> lines.add("Sec-WebSocket-Accept: " + accept(key)));
        if (!session.getNegotiatedSubprotocol().isEmpty()) {
            lines.add("Sec-WebSocket-Protocol: " + session.getNegotiatedSubprotocol());
        }
        if (!session.getNegotiatedExtensions().isEmpty()) {
            lines.add("Sec-WebSocket-Extensions: "
                    + session.getNegotiatedExtensions().stream().map(Head::text).collect(Collectors.joining(", ")));
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
