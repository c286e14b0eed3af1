package dev.parley.standalone;

import dev.parley.transport.FrameGate;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.glassfish.tyrus.core.TyrusWebSocketEngine;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.WebSocketEngine;

/**
 * The Jakarta WebSocket container on Parley's own HTTP server. Tyrus's {@code Server} is not used, because it listens
 * on every address and cuts the connections when it stops. Thread-safe after its start.
 */
final class WebSockets extends TyrusServerContainer {
    /** Tyrus allocates its buffer in steps of 256 bytes. */
    private static final int TYRUS_BUFFER = FrameGate.MOST_HELD + 256;

    private final TyrusWebSocketEngine engine;

    private WebSockets(int buffer) {
        super(Set.of());
        // No limit of sessions is set here: ConnectionLimit limits them.
        engine = TyrusWebSocketEngine.builder(this).incomingBufferSize(buffer).build();
    }

    /** Puts an endpoint into a container. */
    interface Deployment {
        void into(ServerContainer container) throws DeploymentException;
    }

    /** Makes a container with one endpoint. */
    static WebSockets of(Deployment endpoint) {
        // Tyrus fails if its buffer overflows; the gate never passes more than that to it.
        WebSockets container = new WebSockets(TYRUS_BUFFER);
        try {
            endpoint.into(container);
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
