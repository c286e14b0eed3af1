package dev.parley.endpoint;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Decides which HTTP requests to {@code /chat} may become a WebSocket, before the container sees them: containers
 * answer a plain GET with 404, let any origin pass, and WildFly 39 accepts any {@code Sec-WebSocket-Version}. Immutable.
 */
public final class Admission {
    /** The one path of the endpoint. */
    public static final String PATH = "/chat";

    private static final String VERSION = "13";

    private final Origins origins;

    public Admission(Origins origins) {
        this.origins = Objects.requireNonNull(origins);
    }

    /**
     * What an HTTP answer refuses a request with.
     *
     * @param headers beside those that frame the body, and {@code Connection}, which depends on the server
     * @param sentence the body: plain text for a person
     */
    public record Refusal(int status, String reason, Map<String, String> headers, String sentence) {}

    /**
     * @param method the request's method
     * @param header gives the value of a header by its name, in any case, or null
     * @return empty when the request may go on to the WebSocket container
     */
    public Optional<Refusal> refuse(String method, UnaryOperator<String> header) {
        if (!method.equals("GET") || !asksForUpgrade(header)) {
            return Optional.of(new Refusal(
                    426,
                    "Upgrade Required",
                    Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", VERSION),
                    "This is a WebSocket endpoint: connect to it with a WebSocket client.\n"));
        }
        if (!VERSION.equals(header.apply("Sec-WebSocket-Version"))) {
            // RFC 6455 section 4.4
            return Optional.of(new Refusal(
                    426,
                    "Upgrade Required",
                    Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", VERSION),
                    "This server speaks version 13 of the WebSocket protocol.\n"));
        }
        if (!isKey(header.apply("Sec-WebSocket-Key"))) {
            // RFC 6455 section 4.2.1; Tyrus 2.2.2 answers 500 when there is none.
            return Optional.of(new Refusal(
                    400, "Bad Request", Map.of(), "The header Sec-WebSocket-Key must be 16 bytes in Base64.\n"));
        }
        if (!admitsOrigin(header)) {
            return Optional.of(new Refusal(
                    403,
                    "Forbidden",
                    Map.of(),
                    "Pages of this origin may not connect. The setting parley.origins names those that may.\n"));
        }
        return Optional.empty();
    }

    /** Whether the page that a request comes from, if any, may connect. */
    boolean admitsOrigin(UnaryOperator<String> header) {
        return origins.admit(header.apply("Origin"), header.apply("Host"));
    }

    private static boolean asksForUpgrade(UnaryOperator<String> header) {
        return names(header.apply("Upgrade"), "websocket") && names(header.apply("Connection"), "upgrade");
    }

    private static boolean names(String value, String token) {
        return value != null && value.toLowerCase(Locale.ROOT).contains(token);
    }

    private static boolean isKey(String value) {
        try {
            return value != null && Base64.getDecoder().decode(value.strip()).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
