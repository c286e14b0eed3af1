package dev.parley.standalone;

import dev.parley.admission.Admission.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Answers the requests for the endpoint that mustn't become a WebSocket. Thread-safe. */
final class RefusalHandler {
    /** What is left: a request that asks for something else beside the WebSocket, so that Tyrus lets it pass. */
    private static final Refusal NO_HANDSHAKE =
            new Refusal(400, "Bad Request", Map.of(), "The header Upgrade must be just: websocket\n");

    void answer(Request request, Response response) throws IOException {
        Refusal refusal = ChatFilter.REFUSAL.remove(request.getRequest());
        write(refusal == null ? NO_HANDSHAKE : refusal, response);
    }

    private static void write(Refusal refusal, Response response) throws IOException {
        byte[] body = refusal.sentence().getBytes(StandardCharsets.UTF_8);
        response.setStatus(refusal.status(), refusal.reason());
        // Not setHeader: told of an Upgrade, Grizzly 4.0.2 frames the answer no more and the client waits for its end.
        refusal.headers()
                .forEach((name, value) ->
                        response.getResponse().getHeaders().addValue(name).setString(value));
        response.setContentType("text/plain; charset=utf-8");
        Routes.write(body, response);
    }
}
