package dev.parley.admission;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page comes from (RFC 6454), in one form for all ways to write it: lower case, the port always there for http
 * and https, no dot at the end of the host, other scripts in Punycode. Immutable.
 *
 * <p>Not by {@link java.net.URI}: it finds no host in {@code http://my_nas}, {@code http://chat.1} and
 * {@code http://chat-}, which browsers open.
 *
 * @param port -1 where none is given and the scheme has no default
 */
record Origin(String scheme, String host, int port) {
    private static final int MAX_LENGTH = 512;
    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(\\[[0-9A-Fa-f:.]+\\]|[^\\[\\]:/?#@\\\\]+)(?::([0-9]{1,5}))?");
    private static final Pattern HOST = Pattern.compile("[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*");
    /** Browsers keep these (UTS 46, nontransitional), {@link IDN} maps them to others or to nothing. */
    private static final Pattern DEVIATING = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

    /** Empty for what is no origin: without a host, or with a path, user info or a wrong port. */
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
                // An address in brackets is not looked up.
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
