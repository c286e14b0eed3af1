package dev.parley.standalone;

import dev.parley.standalone.Page.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;

/** Answers requests for the files of the page. Thread-safe. */
final class PageHandler extends HttpHandler {
    private static final String NOTHING_HERE = "There is nothing here.\n";

    private final Page page;

    PageHandler(Page page) {
        this.page = page;
    }

    @Override
    public void service(Request request, Response response) throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (request.getMethod() != Method.GET && request.getMethod() != Method.HEAD) {
            response.setHeader(Header.Allow, "GET, HEAD");
            say("This can only be read.\n", HttpStatus.METHOD_NOT_ALLOWED_405, response);
            return;
        }
        Optional<Content> file = page.file(request.getRequestURI());
        if (file.isEmpty()) {
            say(NOTHING_HERE, HttpStatus.NOT_FOUND_404, response);
            return;
        }
        send(file.get(), request, response);
    }

    private static void send(Content file, Request request, Response response) throws IOException {
        // A new version of the server must not run with an old script from the browser's cache.
        response.setHeader(Header.CacheControl, "no-cache");
        response.setHeader(Header.ETag, file.tag());
        if (file.tag().equals(request.getHeader(Header.IfNoneMatch))) {
            response.setStatus(HttpStatus.NOT_MODIFIED_304);
            return;
        }
        response.setContentType(file.type());
        write(file.bytes(), response);
    }

    private static void say(String sentence, HttpStatus status, Response response) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        write(sentence.getBytes(StandardCharsets.UTF_8), response);
    }

    private static void write(byte[] body, Response response) throws IOException {
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
