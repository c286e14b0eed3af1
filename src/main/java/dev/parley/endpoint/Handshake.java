package dev.parley.endpoint;

import dev.parley.admission.Admission;
import dev.parley.transport.Transport;
import dev.parley.wire.Subprotocol;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;

/**
 * The handshake in a container. It makes endpoints CDI beans in every container, and checks origins also in containers that
 * upgrade a request before their filters run. Thread-safe.
 */
public class Handshake extends ServerEndpointConfig.Configurator {
    /** Tomcat doesn't inject into endpoints, and only WildFly injects into a configurator. */
    @Override
    public <T> T getEndpointInstance(Class<T> endpoint) {
        return CDI.current().select(endpoint).get();
    }

    /** Tomcat and TomEE offer to compress. A message of a few bytes would grow, and each connection would keep its window. */
    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }

    /** By default, a container takes the first one that the client offers, also where the client puts the older one first. */
    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> offered) {
        return Subprotocol.choose(offered);
    }

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        Map<String, List<String>> headers = request.getHeaders();
        if (!CDI.current().select(Admission.class).get().admitsPage(name -> values(headers, name))) {
            throw new IllegalStateException("a page of a foreign origin or host got past the filter");
        }
        Transport.keep(request.getParameterMap(), config.getUserProperties());
    }

    private static List<String> values(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }
}
