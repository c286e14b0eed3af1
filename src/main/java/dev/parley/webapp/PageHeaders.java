package dev.parley.webapp;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The headers of every answer with a file of the page. They restrict what the page may do and what other pages may do
 * with it.
 */
public final class PageHeaders {
    /**
     * Allows what the page needs, and nothing else (W3C Content Security Policy 3). {@code 'self'} in
     * {@code connect-src} includes the WebSocket of the same host and port; {@code blob:} is for pictures that came
     * over it.
     */
    private static final String CONTENT = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' blob:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'");

    /** Chromium writes a warning to its console for unknown names; it knows all of these. */
    private static final String PERMISSIONS = Stream.of(
                    "accelerometer",
                    "camera",
                    "display-capture",
                    "geolocation",
                    "gyroscope",
                    "hid",
                    "magnetometer",
                    "microphone",
                    "midi",
                    "payment",
                    "serial",
                    "usb")
            .map(feature -> feature + "=()")
            .collect(Collectors.joining(", "));

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            CONTENT,
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            PERMISSIONS,
            "Referrer-Policy",
            "no-referrer",
            "X-Content-Type-Options",
            "nosniff",
            // For browsers that do not support frame-ancestors.
            "X-Frame-Options",
            "DENY",
            // A new version of the server must not run with an old script from the browser's cache.
            "Cache-Control",
            "no-cache");

    private PageHeaders() {}

    /** The headers by their names. */
    public static Map<String, String> headers() {
        return HEADERS;
    }
}
