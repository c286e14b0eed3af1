package dev.parley.endpoint;

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
        if (!origins.admit(header.apply("Origin"), header.apply("Host"))) {
            return Optional.of(new Refusal(
                    403,
                    "Forbidden",
                    Map.of(),
                    "Pages of this origin may not connect. The setting parley.origins names those that may.\n"));
        }
        return Optional.empty();
    }

    private static boolean asksForUpgrade(UnaryOperator<String> header) {
        String upgrade = header.apply("Upgrade");
        return upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains("websocket");
    }
}
