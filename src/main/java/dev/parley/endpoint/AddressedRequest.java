package dev.parley.endpoint;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.HashMap;
import java.util.Map;

/** A handshake as a servlet container is to see it, so that the WebSocket that comes of it knows the peer's address. */
final class AddressedRequest extends HttpServletRequestWrapper {
    AddressedRequest(HttpServletRequest handshake) {
        super(handshake);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, String[]> parameters = new HashMap<>(super.getParameterMap());
        parameters.put(Transport.ADDRESS, new String[] {getRemoteAddr()});
        return parameters;
    }
}
