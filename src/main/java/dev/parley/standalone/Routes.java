package dev.parley.standalone;

import dev.parley.endpoint.Admission;
import java.io.IOException;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Who answers which HTTP request, by its path as it was sent. Thread-safe.
 *
 * <p>The one handler at the root, because Grizzly 4.0.2 answers a path that it can't unescape with 500 when it has to
 * choose between handlers.
 */
final class Routes extends HttpHandler {
    private final RefusalHandler refusals;
    private final PageHandler page;

    Routes(RefusalHandler refusals, PageHandler page) {
        this.refusals = refusals;
        this.page = page;
    }

    @Override
    public void service(Request request, Response response) throws IOException {
        if (request.getRequestURI().equals(Admission.PATH)) {
            refusals.service(request, response);
        } else {
            page.service(request, response);
        }
    }
}
