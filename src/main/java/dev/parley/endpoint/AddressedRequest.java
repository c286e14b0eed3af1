package dev.parley.endpoint;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** A handshake as a servlet container is to see it, so that the WebSocket that comes of it knows what is known here. */
final class AddressedRequest extends HttpServletRequestWrapper {
    private final String client;

    /** @param client the address that the handshake came from */
    AddressedRequest(HttpServletRequest handshake, String client) {
        super(handshake);
        this.client = client;
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = new HashMap<>(super.getParameterMap());
        parameters.put(Transport.ADDRESS, new String[] {client, head().toString()});
        return parameters;
    }

    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
        return ReadsAfterInit.isFor(handler)
                ? super.upgrade(ReadsAfterInit.class).run(handler)
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
