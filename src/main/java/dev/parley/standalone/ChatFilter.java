package dev.parley.standalone;

import dev.parley.endpoint.Admission;
import dev.parley.endpoint.Admission.Refusal;
import dev.parley.endpoint.Transport;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Buffer;
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
 *   frame of a WebSocket ── {@link FrameGuard} ──────▶ Tyrus
 *   request for /chat, admitted ── handshake ────▶ Tyrus
 *   request for /chat, refused ──────────────────▶ {@link RefusalHandler}
 *   any other request ───────────────────────────▶ {@link PageHandler}
 * </pre>
 */
final class ChatFilter extends GrizzlyServerFilter {
    private static final long FOREVER = -1;

    /** Of a connection that is a WebSocket. */
    private static final Attribute<FrameGuard> GUARD =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(ChatFilter.class.getName());

    /** Why a request was refused, for {@link RefusalHandler}: asked again, the admission might answer otherwise. */
    static final Attribute<Refusal> REFUSAL =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(ChatFilter.class.getName() + ".refusal");

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
        HttpContent content = context.getMessage();
        FrameGuard guard = GUARD.get(context.getConnection());
        if (guard != null) {
            Buffer passed = guard.pass(content.getContent());
            if (passed != content.getContent()) {
                context.setMessage(HttpContent.builder(content.getHttpHeader())
                        .content(passed)
                        .build());
            }
            return super.handleRead(context);
        }
        // The path as it was sent: Tyrus would also take /chat/ and escapes for this endpoint, past the admission.
        return content.getHttpHeader() instanceof HttpRequestPacket request
                        && request.getRequestURI().equals(Admission.PATH)
                        && isAdmitted(request)
                ? handshake(context, request)
                : context.getInvokeAction();
    }

    private boolean isAdmitted(HttpRequestPacket request) {
        Optional<Refusal> refusal = admission.refuse(
                request.getMethod().getMethodString(),
                request.getRemoteAddress(),
                name -> request.getHeaders().values(name));
        refusal.ifPresent(why -> REFUSAL.set(request, why));
        return refusal.isEmpty();
    }

    private NextAction handshake(FilterChainContext context, HttpRequestPacket request) throws IOException {
        Connection<?> connection = context.getConnection();
        Transport transport =
                new Transport(request.getRemoteAddress(), connection::terminateSilently, new Bytes(connection));
        NextAction next = Transport.during(transport, () -> super.handleRead(context));
        if (HttpStatus.SWITCHING_PROTOCOLS_101.statusMatches(
                request.getResponse().getStatus())) {
            GUARD.set(connection, new FrameGuard(context.getMemoryManager()));
            // The idle time of HTTP connections counts for this one no more: the endpoint's heartbeat watches it.
            IdleTimeoutFilter.setCustomTimeout(connection, FOREVER, TimeUnit.SECONDS);
        }
        return next;
    }
}
