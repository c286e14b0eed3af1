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
 * Chooses the handler for an HTTP request by its path as it was sent. Thread-safe.
 *
 * <p>It is the only handler, at the root: if Grizzly 4.0.2 must choose between handlers, it answers 500 to a path that
 * it can't unescape.
 *
 * <p>Requests are answered on the selector that read them, which must never wait. So a request is answered only when
 * little of the earlier answers is unread, and until then nothing more is read from its connection. Each answer is in
 * memory, and is written at once or when the peer reads it.
 */
final class Routes extends HttpHandler {
    private final RefusalHandler refusals;
    private final PageHandler page;
    private final HttpConnections connections;
    private final Admission admission;
    private final String path;

    /** @param path the path of the endpoint */
    Routes(RefusalHandler refusals, PageHandler page, HttpConnections connections, Admission admission, String path) {
        this.refusals = refusals;
        this.page = page;
        this.connections = connections;
        this.admission = admission;
        this.path = path;
    }

    /** Sends the final answer at once instead of 100, because no answer depends on a body (RFC 9110 section 10.1.1). */
    @Override
    protected boolean sendAcknowledgment(Request request, Response response) {
        request.getRequest().getProcessingState().setKeepAlive(false);
        // Otherwise Grizzly 4.0.2 would wait for the body before it closes the connection.
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

    /** Answers a request. A failure because the peer has closed the connection is ignored. */
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
        if (request.getRequestURI().equals(path)) {
            refusals.answer(request, response);
        } else {
            page.answer(request, response);
        }
    }

    /**
     * Writes the whole body of an answer. Must be called only once for each answer: a second write would wait in
     * Grizzly if the peer does not read.
     */
    static void write(byte[] body, Response response) throws IOException {
        response.setContentLength(body.length);
        response.getNIOOutputStream().write(body);
    }
}
