package dev.parley.standalone;

import dev.parley.message.Limits;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * The Jakarta WebSocket container on an HTTP server of our own: Tyrus's {@code Server} listens on every address, and
 * cuts the connections when it stops. Thread-safe once it is made.
 */
final class WebSockets extends TyrusServerContainer {
    /** Above the largest message that the endpoint takes: past its buffer Tyrus answers 1011 instead of 1009. */
    private static final int HEADROOM = 64 << 10;

    private final TyrusWebSocketEngine engine;

    private WebSockets(Class<?> endpoint, int buffer) {
        super(Set.of(endpoint));
        // The number of sessions has no limit unless one is given.
        engine = TyrusWebSocketEngine.builder(this).incomingBufferSize(buffer).build();
    }

    /** A container with this endpoint deployed at the root. */
    static WebSockets of(Class<?> endpoint, Limits limits) {
        WebSockets container = new WebSockets(endpoint, Math.max(limits.text(), limits.binary()) + HEADROOM);
        try {
            container.start("/", 0);
        } catch (DeploymentException | IOException e) {
            throw new IllegalStateException("Parley's endpoint can't be deployed: " + e.getMessage(), e);
        }
        container.doneDeployment();
        return container;
    }

    @Override
    public void register(Class<?> endpoint) throws DeploymentException {
        engine.register(endpoint, "");
    }

    @Override
    public void register(ServerEndpointConfig endpoint) throws DeploymentException {
        engine.register(endpoint, "");
    }

    @Override
    public WebSocketEngine getWebSocketEngine() {
        return engine;
    }

    @Override
    public Map<String, Object> getProperties() {
        return Map.of();
    }
}
