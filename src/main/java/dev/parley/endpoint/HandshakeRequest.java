package dev.parley.endpoint;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** A handshake as a servlet container is to see it, so that the WebSocket that comes of it knows what is known here. */
final class HandshakeRequest extends HttpServletRequestWrapper {
    private final String client;
    private final String httpSession;
    private final Executor later;

    /**
     * @param client the address that the handshake came from
     * @param httpSession what names its HTTP session, or {@link HttpSessions#NONE}
     * @param later runs the reading of input that was paused, on threads that are not the container's
     */
    HandshakeRequest(HttpServletRequest handshake, String client, String httpSession, Executor later) {
        super(handshake);
        this.client = client;
        this.httpSession = httpSession;
        this.later = later;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = new HashMap<>(super.getParameterMap());
        parameters.put(Transport.ADDRESS, new String[] {client, head().toString(), httpSession});
        return parameters;
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
        if (!GatedUpgrade.isFor(handler)) {
            return super.upgrade(handler);
        }
        TcpConnection tcp = GrizzlyConnection.of(getRequest());
        return super.upgrade(GatedUpgrade.class)
                .run(handler, new GatedUpgrade.Peer(client, head(), httpSession, tcp, later));
    }

    private HandshakeHead head() {
        return HandshakeHead.of(
                getRequestURI(),
                getQueryString(),
                Collections.list(getHeaderNames()),
                name -> Collections.list(getHeaders(name)));
    }
}
