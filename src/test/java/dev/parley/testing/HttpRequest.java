package dev.parley.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The head of a GET request. Immutable. */
record HttpRequest(String path, Map<String, String> headers) {
    HttpRequest {
        headers = new LinkedHashMap<>(headers);
    }

    static HttpRequest plain(URI address, String... more) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", address.getAuthority());
        return new HttpRequest(address.getPath(), with(headers, more));
    }

    /** The handshake of RFC 6455 section 1.3, with that section's key. */
    static HttpRequest upgrade(URI address, String... more) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", address.getAuthority());
        headers.put("Upgrade", "websocket");
        headers.put("Connection", "Upgrade");
        headers.put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        headers.put("Sec-WebSocket-Version", "13");
        return new HttpRequest(address.getPath(), with(headers, more));
    }

    private static Map<String, String> with(Map<String, String> headers, String... more) {
        for (String line : more) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    byte[] bytes() {
        StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }
}
