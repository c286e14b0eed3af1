package dev.parley.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;

/** A TCP connection on which HTTP requests are sent as they are written. For one thread. */
public final class RawHttp implements AutoCloseable {
    private final TcpConnection tcp;
    private final InputStream in;
    private final String host;

    public RawHttp(URI server) throws IOException {
        tcp = TcpConnection.to(server);
        in = new BufferedInputStream(tcp.in());
        host = server.getAuthority();
    }

    /** The answer to a GET on a connection of its own. */
    public static HttpAnswer get(URI address, String... headers) {
        try (RawHttp http = new RawHttp(address)) {
            http.tcp.send(HttpRequest.plain(address, headers).bytes());
            return http.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param request the first line, and headers beside Host, each in a line of its own */
    public HttpAnswer ask(String... request) throws IOException {
        return askWithBody("", request);
    }

    public HttpAnswer askWithBody(String body, String... request) throws IOException {
        send(String.join("\r\n", request) + "\r\nHost: " + host + "\r\n\r\n" + body);
        return read();
    }

    /** @param request the first line and all headers, each in a line of its own */
    public HttpAnswer askWithHost(String... request) throws IOException {
        send(String.join("\r\n", request) + "\r\n\r\n");
        return read();
    }

    /** Sends something, in ISO 8859-1, and reads nothing. */
    public void send(String requests) {
        tcp.send(requests.getBytes(ISO_8859_1));
    }

    /** The next answer, with its body. */
    public HttpAnswer read() throws IOException {
        return HttpAnswer.read(in);
    }

    /** Passes on all that comes until the server ends the connection; what came before an RST too. */
    public void transferTo(OutputStream all) throws IOException {
        in.transferTo(all);
    }

    /** Whether the server has ended the connection. */
    public boolean isOver() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() {
        tcp.close();
    }
}
