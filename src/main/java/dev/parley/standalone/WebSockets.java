package dev.parley.standalone;

import dev.parley.endpoint.FrameGate;
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
    /** Tyrus makes its buffer in steps of 256 bytes. */
    private static final int TYRUS_BUFFER = FrameGate.MOST_HELD + 256;

    private final TyrusWebSocketEngine engine;

    private WebSockets(Class<?> endpoint, int buffer) {
        super(Set.of(endpoint));
        // The number of sessions has no limit unless one is given.
        engine = TyrusWebSocketEngine.builder(this).incomingBufferSize(buffer).build();
    }

    /** A container with this endpoint deployed at the root. */
    static WebSockets of(Class<?> endpoint) {
        // Past its buffer Tyrus gives up; the gate never hands it more.
        WebSockets container = new WebSockets(endpoint, TYRUS_BUFFER);
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
