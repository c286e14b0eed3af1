package dev.parley.standalone;

import dev.parley.operator.Incident;
import dev.parley.operator.OperatorLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.memory.Buffers;

/**
 * Looks at the head of each request before Grizzly 4.0.2 does, which takes what RFC 9112 forbids: lines that end with a
 * bare LF or hold a bare CR (section 2.2), names of fields with a space behind them, or none (section 5.1), control
 * characters (RFC 9110 section 5.5), two Hosts (RFC 9112 section 3.2),
 * and a Content-Length beside a Transfer-Encoding (section 6.3). Two servers that read such a head in two ways see two
 * different requests in it. Nothing here has use for a body, so that none with a Transfer-Encoding is taken at all.
 *
 * <p>Answers 400, or 431 to a head past the limit (RFC 6585 section 5), and closes. Thread-safe.
 */
final class HttpHeadGuard extends BaseFilter {
    private static final Attribute<Head> HEAD =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HttpHeadGuard.class.getName());
    private static final int LONGEST_NAME = "transfer-encoding".length();

    private final int limit;
    private final OperatorLog log;

    /** @param limit the largest head, in bytes */
    HttpHeadGuard(int limit, OperatorLog log) {
        this.limit = limit;
        this.log = log;
    }

    /**
     * How far the head of the present request has come on one connection. What follows a head with an Upgrade is
     * not looked at, until it is known to be another request.
     */
    private static final class Head {
        private boolean off;
        private int bytes;
        private int lineBytes;
        private byte last;
        /** Whether the first line is over. */
        private boolean inFields;
        /** Whether the colon of the line is still to come. */
        private boolean inName = true;
        /** What the line begins with, as far as it may be a name that counts here. */
        private final StringBuilder name = new StringBuilder(LONGEST_NAME + 1);

        private int hosts;
        private boolean readsLength;
        private boolean hasEncoding;
        private boolean hasUpgrade;
        private long length;
        /** Of the body that follows the last head. */
        private long bodyLeft;

        /** @return why it can't be taken, or null */
        private Rejection read(Buffer buffer, int limit) {
            int end = buffer.limit();
            for (int at = buffer.position(); at < end && !off; ) {
                if (bodyLeft > 0) {
                    int skipped = (int) Math.min(bodyLeft, end - at);
                    bodyLeft -= skipped;
                    at += skipped;
                    continue;
                }
                byte b = buffer.get(at++);
                if (++bytes > limit) {
                    return Rejection.TOO_LARGE;
                }
                if (b == '\n' ? last != '\r' : last == '\r' || isControl(b)) {
                    return Rejection.MALFORMED;
                }
                last = b;
                if (b == '\n') {
                    Rejection why = endLine();
                    if (why != null) {
                        return why;
                    }
                } else if (b != '\r') {
                    lineBytes++;
                    if (inFields && !readField(b)) {
                        return Rejection.MALFORMED;
                    }
                }
            }
            if (off && end > buffer.position()) {
                last = buffer.get(end - 1);
            }
            return null;
        }

        /** @return why the head that ends with this line can't be taken; null where it can, or goes on */
        private Rejection endLine() {
            // Empty lines before the first line are to be ignored (RFC 9112 section 2.2).
            boolean complete = lineBytes == 0 && inFields;
            if (inFields && !complete && inName) {
                return Rejection.MALFORMED;
            }
            inFields |= lineBytes > 0;
            lineBytes = 0;
            readsLength = false;
            inName = true;
            name.setLength(0);
            if (!complete) {
                return null;
            }
            if (hasEncoding) {
                return Rejection.ENCODED;
            }
            if (hosts > 1) {
                return Rejection.MALFORMED;
            }
            bodyLeft = length;
            off = hasUpgrade;
            begin();
            return null;
        }

        /** @return false where the line begins with no name, as in a folded one, or where its name is no token */
        private boolean readField(byte b) {
            if (readsLength && b >= '0' && b <= '9') {
                length = Math.min(length * 10 + b - '0', Integer.MAX_VALUE);
            }
            if (!inName) {
                return true;
            }
            if (b != ':') {
                // One more than the longest name that counts tells it from a longer one.
                if (name.length() <= LONGEST_NAME) {
                    name.append((char) Character.toLowerCase(b));
                }
                return isTokenCharacter(b);
            }
            inName = false;
            switch (name.toString()) {
                case "host" -> hosts++;
                case "content-length" -> {
                    readsLength = true;
                    length = 0;
                }
                case "transfer-encoding" -> hasEncoding = true;
                case "upgrade" -> hasUpgrade = true;
                default -> {}
            }
            return !name.isEmpty();
        }

        private void begin() {
            inFields = false;
            bytes = 0;
            hosts = 0;
            hasEncoding = false;
            hasUpgrade = false;
            length = 0;
        }

        /** RFC 9110 section 5.6.2 */
        private static boolean isTokenCharacter(byte b) {
            return b >= 'a' && b <= 'z'
                    || b >= 'A' && b <= 'Z'
                    || b >= '0' && b <= '9'
                    || "!#$%&'*+-.^_`|~".indexOf(b) >= 0;
        }

        private static boolean isControl(byte b) {
            return b >= 0 && b < ' ' && b != '\t' && b != '\r' || b == 0x7F;
        }
    }

    private enum Rejection {
        ENCODED(Incident.MALFORMED_REQUEST, "400 Bad Request", "This server takes no body with a Transfer-Encoding.\n"),
        MALFORMED(Incident.MALFORMED_REQUEST, "400 Bad Request", "The head of this request is malformed.\n"),
        TOO_LARGE(
                Incident.HEAD_TOO_LARGE,
                "431 Request Header Fields Too Large",
                "The head of this request is too large. The setting parley.limit.head is how large it may be.\n");

        private final Incident incident;
        private final String answer;

        Rejection(Incident incident, String status, String sentence) {
            this.incident = incident;
            this.answer = "HTTP/1.1 " + status + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
                    + sentence.length() + "\r\nConnection: close\r\n\r\n" + sentence;
        }
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        Connection<?> connection = context.getConnection();
        Head head = HEAD.get(connection);
        if (head == null) {
            head = new Head();
            HEAD.set(connection, head);
        }
        Rejection why = head.read(context.getMessage(), limit);
        if (why == null) {
            return context.getInvokeAction();
        }
        log.count(why.incident);
        byte[] answer = why.answer.getBytes(StandardCharsets.US_ASCII);
        context.write(Buffers.wrap(context.getMemoryManager(), answer));
        connection.closeSilently();
        return context.getStopAction();
    }

    /** A request with an Upgrade is to be answered: what follows it is the head of another one. */
    static void expectHead(Connection<?> connection) {
        Head head = HEAD.get(connection);
        if (head != null) {
            head.off = false;
        }
    }
}
