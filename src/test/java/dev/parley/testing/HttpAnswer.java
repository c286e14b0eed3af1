package dev.parley.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An HTTP answer; names of headers in any case. Immutable. */
public record HttpAnswer(String statusLine, Map<String, String> headers, String body) {

    /** Reads an answer up to the end of its headers. */
    static HttpAnswer head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the answer ends in its head: " + head.toString(ISO_8859_1));
            }
            head.write(next);
            text = next == '\n' ? head.toString(ISO_8859_1) : "";
        }
        List<String> lines = text.lines().toList();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size() - 1)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new HttpAnswer(lines.get(0), headers, "");
    }

    /** Reads an answer and its body. */
    static HttpAnswer read(InputStream in) throws IOException {
        return head(in).withBody(in);
    }

    public int status() {
        return Integer.parseInt(statusLine.split(" ")[1]);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Reads the body behind this head as it is framed (RFC 9112 section 6.3). */
    HttpAnswer withBody(InputStream in) throws IOException {
        return new HttpAnswer(statusLine, headers, readBody(in));
    }

    private String readBody(InputStream in) throws IOException {
        if (status() < 200 || status() == 204 || status() == 304) {
            return "";
        }
        if (headers.containsKey("Content-Length")) {
            int length = Integer.parseInt(headers.get("Content-Length"));
            byte[] body = in.readNBytes(length);
            if (body.length < length) {
                throw new EOFException("the answer ends after %d bytes of %d".formatted(body.length, length));
            }
            return new String(body, UTF_8);
        }
        if (!"chunked".equalsIgnoreCase(headers.get("Transfer-Encoding"))) {
            return new String(in.readAllBytes(), UTF_8);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            body.write(in.readNBytes(size));
            in.readNBytes(2);
        }
        return body.toString(UTF_8);
    }

    private static int chunk(InputStream in) throws IOException {
        StringBuilder size = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the answer ends in a chunk");
            }
            size.append((char) next);
        }
        return Integer.parseInt(size.toString().strip(), 16);
    }
}
