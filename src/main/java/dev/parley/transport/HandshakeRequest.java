package dev.parley.transport;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** A handshake in a servlet container. It passes the {@link Transport} on to the WebSocket. Not thread-safe. */
public final class HandshakeRequest extends HttpServletRequestWrapper {
    private final String client;
    private final String httpSession;
    private final Executor later;

    /**
     * @param client the address that the handshake came from
     * @param httpSession the name of its HTTP session, or {@link Transport#NO_HTTP_SESSION}
     * @param later continues reading after a pause, on threads that are not the container's
     */
    public HandshakeRequest(HttpServletRequest handshake, String client, String httpSession, Executor later) {
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
                .run(handler, new GatedUpgrade.Request(client, head(), httpSession, tcp, later));
    }

    private HandshakeHead head() {
        return HandshakeHead.of(
                getRequestURI(),
                getQueryString(),
                Collections.list(getHeaderNames()),
                name -> Collections.list(getHeaders(name)));
    }
}
