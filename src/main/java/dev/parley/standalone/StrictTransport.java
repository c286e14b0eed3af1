package dev.parley.standalone;

import java.io.IOException;
import java.util.Optional;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;

/**
 * Says in every answer that browsers are to use nothing but TLS for this host (RFC 6797 section 7.1): in the page's, in
 * refusals, and in the one that opens a WebSocket. Only for a server with TLS. Stateless.
 */
final class StrictTransport extends BaseFilter {
    private static final String NAME = "Strict-Transport-Security";

    private final String value;

    /** @param seconds for how long, 1 or more */
    private StrictTransport(int seconds) {
        this.value = "max-age=" + seconds;
    }

    /** Empty for 0 seconds. */
    static Optional<StrictTransport> of(int seconds) {
        return seconds == 0 ? Optional.empty() : Optional.of(new StrictTransport(seconds));
    }

    /** The field, as a line of a head. */
    String line() {
        return NAME + ": " + value + "\r\n";
    }

    @Override
    public NextAction handleWrite(FilterChainContext context) throws IOException {
        if (context.getMessage() instanceof HttpPacket packet) {
            HttpHeader head = packet.getHttpHeader();
            if (head != null && !head.isCommitted()) {
                head.setHeader(NAME, value);
            }
        }
        return context.getInvokeAction();
    }
}
