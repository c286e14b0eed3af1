package dev.parley.standalone;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** One TCP connection on which requests are sent as they are written; for one thread. */
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final String host;

    RawHttp(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        host = server.getAuthority();
    }

    /** An answer; the names of the headers in any case. */
    record Answer(int status, Map<String, String> headers, String body) {}

    /** @param request the first line, and headers beside Host, each in a line of its own */
    Answer ask(String... request) throws IOException {
        return askWithBody("", request);
    }

    Answer askWithBody(String body, String... request) throws IOException {
        return send(String.join("\r\n", request) + "\r\nHost: " + host + "\r\n\r\n" + body);
    }

    /** @param request the first line and all headers, each in a line of its own */
    Answer askWithHost(String... request) throws IOException {
        return send(String.join("\r\n", request) + "\r\n\r\n");
    }

    private Answer send(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return read();
    }

    /** Whether the server has ended the connection. */
    boolean isOver() throws IOException {
        return in.read() < 0;
    }

    private Answer read() throws IOException {
        String statusLine = line();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            headers.put(
                    line.substring(0, line.indexOf(':')),
                    line.substring(line.indexOf(':') + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Answer(Integer.parseInt(statusLine.split(" ")[1]), headers, body);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended after: " + line);
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
