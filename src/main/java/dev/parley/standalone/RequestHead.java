package dev.parley.standalone;

import dev.parley.operator.Incident;
import java.util.Locale;
import java.util.regex.Pattern;
import org.glassfish.grizzly.Buffer;

/**
 * Parses the heads of the requests of one connection as their bytes arrive, and rejects heads that servers could read
 * differently. For one thread at a time.
 *
 * <pre>
 *   METHOD ─SP─▶ TARGET ─SP─▶ VERSION ─CRLF─▶ NAME ─:─▶ VALUE ─CRLF─▶ NAME …
 *     ▲                                        │
 *     └──────── Content-Length bytes ◀─ CRLF ──┘
 * </pre>
 */
final class RequestHead {
    private static final int LONGEST_NAME = "transfer-encoding".length();
    private static final String MAJOR = "HTTP/1.";
    private static final int VERSION_LENGTH = MAJOR.length() + 1;
    /** The default limit of Grizzly 4.0.2. */
    private static final int MOST_FIELDS = 100;
    /** The longest value of a field that is read here; a longer one is malformed. */
    private static final int LONGEST_VALUE = 512;

    private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");
    /** RFC 9110 section 7.2: a host as in RFC 3986 section 3.2.2, and optionally a port. It may be empty. */
    private static final Pattern HOST =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9._~%!$&'()*+,;=-]*)(?::[0-9]*)?");

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private enum Part {
        METHOD,
        TARGET,
        VERSION,
        NAME,
        VALUE
    }

    /** The reason why a request is rejected, with its answer and its incident for the operator's log. */
    enum Rejection {
        ENCODED(
                Incident.MALFORMED_REQUEST,
                "400 Bad Request",
                "This server accepts no body with a Transfer-Encoding.\n"),
        MALFORMED(Incident.MALFORMED_REQUEST, "400 Bad Request", "The head of this request is malformed.\n"),
        UNEXPECTED_BODY(Incident.MALFORMED_REQUEST, "400 Bad Request", "A request with this method has no body.\n"),
        TOO_LARGE(
                Incident.HEAD_TOO_LARGE,
                "431 Request Header Fields Too Large",
                "The head of this request is too large. The setting parley.limit.head is the limit.\n"),
        TOO_MANY_FIELDS(
                Incident.HEAD_TOO_LARGE,
                "431 Request Header Fields Too Large",
                "The head of this request has more than " + MOST_FIELDS + " fields.\n"),
        UNKNOWN_VERSION(
                Incident.MALFORMED_REQUEST,
                "505 HTTP Version Not Supported",
                "This server speaks HTTP/1.1 and HTTP/1.0.\n");

        final Incident incident;
        final String status;
        /** The body of the answer, in ASCII. */
        final String sentence;

        Rejection(Incident incident, String status, String sentence) {
            this.incident = incident;
            this.status = status;
            this.sentence = sentence;
        }
    }

    private final int limit;
    /**
     * No other head is read, because a request had the field Upgrade. If it is rejected, Grizzly 4.0.2 closes the
     * connection after the answer.
     */
    private boolean over;

    private int bytes;
    private byte last;
    private Part part = Part.METHOD;
    /** The text of the current part; only as many characters as are needed. */
    private final StringBuilder text = new StringBuilder(LONGEST_NAME + 1);
    /** The name of the current field if its value is read, else null. */
    private String field;

    private boolean bodyAllowed;
    private boolean hostRequired;
    private int fields;
    private int hosts;
    /** The Content-Length; -1 if there is none. */
    private long length = -1;

    private boolean hasEncoding;
    private boolean hasUpgrade;
    /** The bytes of the body after the last head that are still to come. */
    private long bodyLeft;

    /** @param limit the largest head, in bytes */
    RequestHead(int limit) {
        this.limit = limit;
    }

    /**
     * Reads the next bytes of the connection; the position of {@code buffer} does not change. A minor version above 1 is
     * replaced with 1 in the buffer (RFC 9110 section 2.5), because Grizzly 4.0.2 supports only 0 and 1.
     *
     * @return the reason for a rejection, or null
     */
    Rejection read(Buffer buffer) {
        int end = buffer.limit();
        for (int at = buffer.position(); at < end && !over; ) {
            if (bodyLeft > 0) {
                int skipped = (int) Math.min(bodyLeft, end - at);
                bodyLeft -= skipped;
                at += skipped;
                continue;
            }
            if (isLaterMinor(buffer.get(at))) {
                buffer.put(at, (byte) '1');
            }
            Rejection why = read(buffer.get(at++));
            if (why != null) {
                return why;
            }
        }
        return null;
    }

    private Rejection read(byte b) {
        if (++bytes > limit) {
            return Rejection.TOO_LARGE;
        }
        if (b == '\n' ? last != '\r' : last == '\r' || isControl(b)) {
            return Rejection.MALFORMED;
        }
        last = b;
        return switch (b) {
            case '\n' -> endLine();
            case '\r' -> null;
            default -> accept(b) ? null : Rejection.MALFORMED;
        };
    }

    private boolean isLaterMinor(byte b) {
        return part == Part.VERSION && b > '1' && b <= '9' && MAJOR.contentEquals(text);
    }

    private boolean accept(byte b) {
        return switch (part) {
            case METHOD -> b == ' ' ? endMethod() : keep(b) && isTokenCharacter(b);
            case TARGET -> b == ' ' ? endTarget() : keep(b) && b != '\t';
            // One character more than allowed makes the version invalid.
            case VERSION -> text.append((char) b).length() <= VERSION_LENGTH;
            case NAME -> b == ':' ? endName() : keep(b) && isTokenCharacter(b);
            case VALUE -> field == null || text.append((char) (b & 0xFF)).length() <= LONGEST_VALUE;
        };
    }

    /**
     * Keeps a character, up to one more than the longest name that is read, so that longer names differ from it.
     *
     * @return true
     */
    private boolean keep(byte b) {
        if (text.length() <= LONGEST_NAME) {
            text.append((char) b);
        }
        return true;
    }

    private String takeText() {
        String kept = text.toString();
        text.setLength(0);
        return kept;
    }

    private boolean endMethod() {
        String method = takeText();
        // RFC 9110 section 9.3: a body has no meaning in these requests, and some servers read it as the next request.
        bodyAllowed = !method.equals("GET") && !method.equals("HEAD") && !method.equals("DELETE");
        part = Part.TARGET;
        return !method.isEmpty();
    }

    private boolean endTarget() {
        part = Part.VERSION;
        return !takeText().isEmpty();
    }

    /** @return false if the line begins without a name, as a folded line does */
    private boolean endName() {
        String name = takeText().toLowerCase(Locale.ROOT);
        part = Part.VALUE;
        field = null;
        switch (name) {
            case "host", "content-length" -> field = name;
            case "transfer-encoding" -> hasEncoding = true;
            case "upgrade" -> hasUpgrade = true;
            default -> {}
        }
        return !name.isEmpty();
    }

    /** @return the reason why the head must be rejected at this line; null if it is valid or continues */
    private Rejection endLine() {
        return switch (part) {
            // Empty lines before the first line are ignored (RFC 9112 section 2.2).
            case METHOD -> text.isEmpty() ? null : Rejection.MALFORMED;
            // HTTP/0.9 had no version, and its answers have no head.
            case TARGET -> Rejection.MALFORMED;
            case VERSION -> endVersion();
            case NAME -> text.isEmpty() ? endHead() : Rejection.MALFORMED;
            case VALUE -> endField();
        };
    }

    private Rejection endVersion() {
        String version = takeText();
        part = Part.NAME;
        hostRequired = version.equals("HTTP/1.1");
        if (hostRequired || version.equals("HTTP/1.0")) {
            return null;
        }
        return VERSION.matcher(version).matches() ? Rejection.UNKNOWN_VERSION : Rejection.MALFORMED;
    }

    private Rejection endField() {
        part = Part.NAME;
        if (++fields > MOST_FIELDS) {
            return Rejection.TOO_MANY_FIELDS;
        }
        String value = takeText().strip();
        if (field == null) {
            return null;
        }
        if (field.equals("host")) {
            hosts++;
            return HOST.matcher(value).matches() ? null : Rejection.MALFORMED;
        }
        if (length >= 0 || !LENGTH.matcher(value).matches()) {
            return Rejection.MALFORMED;
        }
        length = Long.parseLong(value);
        return null;
    }

    private Rejection endHead() {
        if (hasEncoding) {
            return Rejection.ENCODED;
        }
        if (hosts > 1 || hosts == 0 && hostRequired) {
            return Rejection.MALFORMED;
        }
        if (length > 0 && !bodyAllowed) {
            return Rejection.UNEXPECTED_BODY;
        }
        over = hasUpgrade;
        bodyLeft = Math.max(0, length);
        part = Part.METHOD;
        bytes = 0;
        fields = 0;
        hosts = 0;
        length = -1;
        return null;
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
