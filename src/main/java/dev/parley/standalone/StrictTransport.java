package dev.parley.standalone;

import java.io.IOException;
import java.util.Optional;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;

/**
 * Adds to every answer the header with which browsers use only TLS for this host (RFC 6797 section 7.1): to files of
 * the page, to rejections, and to the answer that opens a WebSocket. Only for a server with TLS. Stateless.
 */
final class StrictTransport extends BaseFilter {
    private static final String NAME = "Strict-Transport-Security";

    private final String value;

    /** @param seconds the time for browsers in seconds, 1 or more */
    private StrictTransport(int seconds) {
        this.value = "max-age=" + seconds;
    }

    /** Empty for 0 seconds. */
    static Optional<StrictTransport> of(int seconds) {
        return seconds == 0 ? Optional.empty() : Optional.of(new StrictTransport(seconds));
    }

    /** The header as a line of a head. */
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
