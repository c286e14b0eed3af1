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
final class AddressedRequest extends HttpServletRequestWrapper {
    private final String client;
    private final Executor later;

    /**
     * @param client the address that the handshake came from
     * @param later runs what reads on where no thread of the container does
     */
    AddressedRequest(HttpServletRequest handshake, String client, Executor later) {
        super(handshake);
        this.client = client;
        this.later = later;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = new HashMap<>(super.getParameterMap());
        parameters.put(Transport.ADDRESS, new String[] {client, head().toString()});
        return parameters;
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
        return GatedUpgrade.isFor(handler)
                ? super.upgrade(GatedUpgrade.class).run(handler, new GatedUpgrade.Peer(client, head(), later))
                : super.upgrade(handler);
    }

    private Head head() {
        return Head.of(
                getRequestURI(),
                getQueryString(),
                Collections.list(getHeaderNames()),
                name -> Collections.list(getHeaders(name)));
    }
}
