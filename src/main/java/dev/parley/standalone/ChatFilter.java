package dev.parley.standalone;

import dev.parley.endpoint.Admission;
import dev.parley.endpoint.Transport;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import org.glassfish.tyrus.container.grizzly.server.GrizzlyServerFilter;
import org.glassfish.tyrus.spi.ServerContainer;

/**
 * Stands between HTTP and the WebSocket container: lets nothing become a WebSocket but what is admitted at the one path
 * of the endpoint, and tells the endpoint how to end the TCP connection. Thread-safe.
 *
 * <pre>
 *   frame of a WebSocket ────────────────────────▶ Tyrus
 *   request for /chat, admitted ── handshake ────▶ Tyrus
 *   request for /chat, refused ──────────────────▶ {@link RefusalHandler}
 *   any other request ───────────────────────────▶ {@link PageHandler}
 * </pre>
 */
final class ChatFilter extends GrizzlyServerFilter {
    private static final long FOREVER = -1;

    private static final Attribute<Boolean> UPGRADED =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(ChatFilter.class.getName());

    private final Admission admission;

    private ChatFilter(ServerContainer container, Admission admission) {
        super(container, "/");
        this.admission = admission;
    }

    /** Puts the filter in front of the HTTP handlers. */
    record AddOn(ServerContainer container, Admission admission) implements org.glassfish.grizzly.http.server.AddOn {
        @Override
        public void setup(NetworkListener listener, FilterChainBuilder chain) {
            chain.add(chain.indexOfType(HttpServerFilter.class), new ChatFilter(container, admission));
        }
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        if (UPGRADED.isSet(context.getConnection())) {
            return super.handleRead(context);
        }
        HttpContent content = context.getMessage();
        // The path as it was sent: Tyrus would also take /chat/ and escapes for this endpoint, past the admission.
        return content.getHttpHeader() instanceof HttpRequestPacket request
                        && request.getRequestURI().equals(Admission.PATH)
                        && admission
                                .refuse(
                                        request.getMethod().getMethodString(),
                                        name -> request.getHeaders().values(name))
                                .isEmpty()
                ? handshake(context, request)
                : context.getInvokeAction();
    }

    private NextAction handshake(FilterChainContext context, HttpRequestPacket request) throws IOException {
        Connection<?> connection = context.getConnection();
        NextAction next = Transport.during(connection::terminateSilently, () -> super.handleRead(context));
        if (HttpStatus.SWITCHING_PROTOCOLS_101.statusMatches(
                request.getResponse().getStatus())) {
            UPGRADED.set(connection, true);
            // The idle time of HTTP connections counts for this one no more: the endpoint's heartbeat watches it.
            IdleTimeoutFilter.setCustomTimeout(connection, FOREVER, TimeUnit.SECONDS);
        }
        return next;
    }
}
