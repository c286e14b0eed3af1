package dev.parley.standalone;

import dev.parley.webapp.PageFile;
import dev.parley.webapp.PageFile.Answer;
import dev.parley.webapp.PageHeaders;
import dev.parley.webapp.WebPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;

/** Answers requests for the files of the page, and all requests that have no other handler. Thread-safe. */
final class PageHandler {
    private static final String NOTHING_HERE = "There is nothing here.\n";

    private final WebPage page;

    PageHandler(WebPage page) {
        this.page = page;
    }

    void answer(Request request, Response response) throws IOException {
        PageHeaders.headers().forEach(response::setHeader);
        if (request.getMethod() != Method.GET && request.getMethod() != Method.HEAD) {
            response.setHeader(Header.Allow, "GET, HEAD");
            say("This can only be read.\n", HttpStatus.METHOD_NOT_ALLOWED_405, response);
            return;
        }
        Optional<PageFile> file = page.file(request.getRequestURI());
        if (file.isEmpty()) {
            say(NOTHING_HERE, HttpStatus.NOT_FOUND_404, response);
            return;
        }
        send(
                file.get().answer(request.getHeader(Header.IfNoneMatch), request.getHeader(Header.AcceptEncoding)),
                response);
    }

    private static void send(Answer answer, Response response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.status() == HttpStatus.OK_200.getStatusCode()) {
            Routes.write(answer.body(), response);
        }
    }

    private static void say(String sentence, HttpStatus status, Response response) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        Routes.write(sentence.getBytes(StandardCharsets.UTF_8), response);
    }
}
