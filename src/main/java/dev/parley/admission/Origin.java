package dev.parley.admission;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origin of a page (RFC 6454), normalized: lower case, always with a port for http and https, no dot at the end of
 * the host, other scripts in Punycode. Immutable.
 *
 * <p>It does not use {@link java.net.URI}, which finds no host in {@code http://my_nas}, {@code http://chat.1} and
 * {@code http://chat-}, although browsers open these.
 *
 * @param port -1 if none is given and the scheme has no default port
 */
record Origin(String scheme, String host, int port) {
    private static final int MAX_LENGTH = 512;
    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(\\[[0-9A-Fa-f:.]+\\]|[^\\[\\]:/?#@\\\\]+)(?::([0-9]{1,5}))?");
    private static final Pattern HOST = Pattern.compile("[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*");
    /** Browsers keep these characters (UTS 46, nontransitional), but {@link IDN} replaces or removes them. */
    private static final Pattern DEVIATING = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

    /** Empty if the text is no origin: without a host, or with a path, user info or an invalid port. */
    static Optional<Origin> parse(String text) {
        Matcher form = FORM.matcher(text.length() > MAX_LENGTH ? "" : text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String scheme = form.group(1).toLowerCase(Locale.ROOT);
        int port = form.group(3) == null ? defaultPort(scheme) : Integer.parseInt(form.group(3));
        return port > MAX_PORT ? Optional.empty() : host(form.group(2)).map(host -> new Origin(scheme, host, port));
    }

    boolean isWeb() {
        return scheme.equals("http") || scheme.equals("https");
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> -1;
        };
    }

    private static Optional<String> host(String text) {
        try {
            if (text.startsWith("[")) {
                // For an address in brackets there is no look-up.
                return Optional.of("[" + InetAddress.getByName(text).getHostAddress() + "]");
            }
            if (DEVIATING.matcher(text).find()) {
                return Optional.empty();
            }
            boolean ascii = text.chars().allMatch(c -> c < 128);
            String host = (ascii ? text : IDN.toASCII(text)).toLowerCase(Locale.ROOT);
            String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
            return HOST.matcher(name).matches() ? Optional.of(name) : Optional.empty();
        } catch (UnknownHostException | IllegalArgumentException noHost) {
            return Optional.empty();
        }
    }
}
