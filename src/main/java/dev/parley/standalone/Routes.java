package dev.parley.standalone;

import dev.parley.admission.Admission;
import java.io.IOException;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.WriteHandler;
import org.glassfish.grizzly.http.io.NIOOutputStream;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/**
 * Who answers which HTTP request, by its path as it was sent. Thread-safe.
 *
 * <p>The one handler at the root, because Grizzly 4.0.2 answers a path that it can't unescape with 500 when it has to
 * choose between handlers.
 *
 * <p>Requests are answered on the selector that read them, which must never wait: a request is answered only when little
 * of the earlier answers is unread, and until then nothing is read from its connection. Each answer is in memory and is
 * written at once, or else when the peer takes it.
 */
final class Routes extends HttpHandler {
    private final RefusalHandler refusals;
    private final PageHandler page;
    private final HttpConnections connections;
    private final Admission admission;

    Routes(RefusalHandler refusals, PageHandler page, HttpConnections connections, Admission admission) {
        this.refusals = refusals;
        this.page = page;
        this.connections = connections;
        this.admission = admission;
    }

    /** The answer does not depend on a body: it is the final one, and 100 would only ask for more (RFC 9110 section 10.1.1). */
    @Override
    protected boolean sendAcknowledgment(Request request, Response response) {
        request.getRequest().getProcessingState().setKeepAlive(false);
        // Else Grizzly 4.0.2 would wait for the body before it closes.
        request.getRequest().setContentBroken(true);
        return true;
    }

    @Override
    public void service(Request request, Response response) throws IOException {
        Connection<?> connection = request.getContext().getConnection();
        connections.requested(
                connection,
                admission.client(
                        request.getRemoteAddr(),
                        name -> request.getRequest().getHeaders().values(name)));
        NIOOutputStream out = response.getNIOOutputStream();
        if (out.canWrite()) {
            answer(request, response);
            return;
        }
        response.suspend();
        out.notifyCanWrite(new WriteHandler() {
            @Override
            public void onWritePossible() throws IOException {
                answer(request, response);
                response.resume();
            }

            @Override
            public void onError(Throwable gone) {
                request.getContext().getConnection().terminateSilently();
            }
        });
    }

    /** A peer that goes meanwhile is nobody's trouble. */
    private void answer(Request request, Response response) throws IOException {
        try {
            answerOpen(request, response);
        } catch (IOException e) {
            if (request.getContext().getConnection().isOpen()) {
                throw e;
            }
        }
    }

    private void answerOpen(Request request, Response response) throws IOException {
        if (request.getRequestURI().equals(Admission.PATH)) {
            refusals.answer(request, response);
        } else {
            page.answer(request, response);
        }
    }

    /** The whole body of an answer. Called once for each: Grizzly waits in a second write, where it can't be done. */
    static void write(byte[] body, Response response) throws IOException {
        response.setContentLength(body.length);
        response.getNIOOutputStream().write(body);
    }
}
