package dev.parley.transport;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** A handshake in a servlet container. It passes the {@link Transport} on to the WebSocket. Not thread-safe. */
public final class HandshakeRequest extends HttpServletRequestWrapper {
    private final String client;
    private final String httpSession;
    private final Set<String> roles;
    private final Executor later;
    /** Made once: it copies all headers. */
    private final HandshakeHead head;

    /**
     * @param client the address that the handshake came from
     * @param httpSession the name of its HTTP session, or {@link Transport#NO_HTTP_SESSION}
     * @param roles the roles of its principal, among those that the container was asked about
     * @param later continues reading after a pause, on threads that are not the container's
     */
    public HandshakeRequest(
            HttpServletRequest handshake, String client, String httpSession, Set<String> roles, Executor later) {
        super(handshake);
        this.client = client;
        this.httpSession = httpSession;
        this.roles = roles;
        this.later = later;
        this.head = HandshakeHead.of(
                handshake.getRequestURI(),
                handshake.getQueryString(),
                Collections.list(handshake.getHeaderNames()),
                name -> Collections.list(handshake.getHeaders(name)));
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = new HashMap<>(super.getParameterMap());
        parameters.put(Transport.ADDRESS, passed().toArray(String[]::new));
        return parameters;
    }

    private List<String> passed() {
        return Stream.concat(Stream.of(client, head.toString(), httpSession), roles.stream())
                .toList();
    }

    /** Goes on with the handling of this request. The WebSocket is negotiated on this thread. */
    public void handle(FilterChain chain, ServletResponse response) throws IOException, ServletException {
        Transport.HANDSHAKE.set(passed());
        try {
            chain.doFilter(this, response);
        } finally {
            Transport.HANDSHAKE.remove();
        }
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
        if (!GatedUpgrade.isFor(handler)) {
            return super.upgrade(handler);
        }
        TcpConnection tcp = GrizzlyConnection.of(getRequest());
        return super.upgrade(GatedUpgrade.class)
                .run(handler, new GatedUpgrade.Request(client, head, httpSession, roles, tcp, later));
    }
}
