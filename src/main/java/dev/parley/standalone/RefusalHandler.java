package dev.parley.standalone;

import dev.parley.admission.Admission.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Answers the requests for the endpoint that must not become a WebSocket. Thread-safe. */
final class RefusalHandler {
    /**
     * The answer to an admitted request that Tyrus did not upgrade: it asks for another protocol in addition to the
     * WebSocket.
     */
    private static final Refusal NO_HANDSHAKE =
            new Refusal(400, "Bad Request", Map.of(), "The header Upgrade must name only websocket.\n");

    void answer(Request request, Response response) throws IOException {
        Refusal refusal = ChatFilter.REFUSAL.remove(request.getRequest());
        write(refusal == null ? NO_HANDSHAKE : refusal, response);
    }

    private static void write(Refusal refusal, Response response) throws IOException {
        byte[] body = refusal.sentence().getBytes(StandardCharsets.UTF_8);
        response.setStatus(refusal.status(), refusal.reason());
        // Not setHeader: with the header Upgrade, it makes Grizzly 4.0.2 send the answer without a length, and the
        // client would wait for its end.
        refusal.headers()
                .forEach((name, value) ->
                        response.getResponse().getHeaders().addValue(name).setString(value));
        response.setContentType("text/plain; charset=utf-8");
        Routes.write(body, response);
    }
}
