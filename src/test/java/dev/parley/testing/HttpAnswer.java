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

/** The status and the headers of an HTTP answer; names of headers in any case. Immutable. */
record HttpAnswer(int status, Map<String, String> headers) {

    static HttpAnswer read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the answer ends in its head: " + text);
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
        return new HttpAnswer(Integer.parseInt(lines.get(0).split(" ")[1]), headers);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Reads the body as it is framed (RFC 9112 section 6.3). */
    String body(InputStream in) throws IOException {
        String length = headers.get("Content-Length");
        if (length != null) {
            return new String(in.readNBytes(Integer.parseInt(length)), UTF_8);
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
