package dev.parley.standalone;

import dev.parley.operator.OperatorLog;
import dev.parley.standalone.RequestHead.Rejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.memory.Buffers;

/**
 * Checks the head of each request before Grizzly 4.0.2 reads it, because Grizzly accepts heads that RFC 9112 forbids:
 * lines that end with a bare LF or contain a bare CR (section 2.2), a first line without a version (section 3), a field
 * name that is empty or followed by a space (section 5.1), control characters (RFC 9110 section 5.5), two Host fields
 * or an invalid one (RFC 9112 section 3.2), and Content-Length together with Transfer-Encoding (section 6.3). Two
 * servers that read such a head differently see two different requests. No request here needs a body, so every request
 * with a Transfer-Encoding is rejected.
 *
 * <p>Answers 400; 431 to a head over the limit (RFC 6585 section 5); or 505 to a major version other than 1 (RFC 9110
 * section 15.6.6). Then it closes the connection. Thread-safe.
 */
final class HttpHeadGuard extends BaseFilter {
    private static final Attribute<RequestHead> HEAD =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HttpHeadGuard.class.getName());

    private final int limit;
    private final Optional<StrictTransport> strictTransport;
    private final OperatorLog log;

    /**
     * @param limit the largest head, in bytes
     * @param strictTransport adds its header to the answers
     */
    HttpHeadGuard(int limit, Optional<StrictTransport> strictTransport, OperatorLog log) {
        this.limit = limit;
        this.strictTransport = strictTransport;
        this.log = log;
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        Connection<?> connection = context.getConnection();
        RequestHead head = HEAD.get(connection);
        if (head == null) {
            head = new RequestHead(limit);
            HEAD.set(connection, head);
        }
        Rejection why = head.read(context.getMessage());
        if (why == null) {
            return context.getInvokeAction();
        }
        log.count(why.incident);
        context.write(Buffers.wrap(context.getMemoryManager(), answer(why)));
        connection.closeSilently();
        return context.getStopAction();
    }

    private byte[] answer(Rejection why) {
        String answer = "HTTP/1.1 " + why.status + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                + why.sentence.length() + "\r\n"
                + strictTransport.map(StrictTransport::line).orElse("")
                + "Connection: close\r\n\r\n" + why.sentence;
        return answer.getBytes(StandardCharsets.US_ASCII);
    }
}
