package dev.parley.admission;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The proxies that the server trusts to name their client. Immutable.
 *
 * <p>The headers {@code Forwarded} (RFC 7239) and {@code X-Forwarded-For} are read from the right, which is the proxy
 * next to the server, up to the first address that is no trusted proxy: a client may have written everything further
 * left. If a request has both headers and they disagree, one of them is not from the proxy, and both are ignored.
 */
public final class Proxies {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    /** IPv6 in brackets, or IPv4; both may have a port. */
    private static final Pattern WITH_PORT = Pattern.compile("(?:\\[([^\\]]*)\\]|([^:]*))(?::\\w+)?");
    /** The parameter {@code for} of RFC 7239 section 4: a token or a quoted text. */
    private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for=(?:\"([^\"]*)\"|([^;\\s\"]*))");

    private final List<Network> trusted;

    /** @param bits the number of leading bits of the address that count */
    private record Network(byte[] address, int bits) {
        boolean holds(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((other[bit / 8] & mask) != (address[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * @param list addresses and networks with commas between them; empty if no proxy is trusted
     * @throws IllegalArgumentException if a part of the list is no address and no network
     */
    public Proxies(String list) {
        trusted = Stream.of(list.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .map(Proxies::network)
                .toList();
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        byte[] address = parse(slash < 0 ? text : text.substring(0, slash))
                .orElseThrow(() -> new IllegalArgumentException(text))
                .getAddress();
        int all = address.length * 8;
        int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > all) {
            throw new IllegalArgumentException(text);
        }
        return new Network(address, bits);
    }

    /** Whether the peer with this address is a trusted proxy. */
    public boolean trust(String peer) {
        return !trusted.isEmpty() && parse(peer).filter(this::trust).isPresent();
    }

    private boolean trust(InetAddress address) {
        byte[] bytes = address.getAddress();
        return trusted.stream().anyMatch(network -> network.holds(bytes));
    }

    /**
     * The address of the client that sent a request.
     *
     * @param peer the address at the other end of the TCP connection
     * @return the peer's own address if it is no trusted proxy, or if it names no client
     */
    public String client(String peer, Headers headers) {
        if (!trust(peer)) {
            return peer;
        }
        List<String> standard = forwarded(headers);
        List<String> common = split(headers.values("X-Forwarded-For"));
        if (standard.isEmpty() || common.isEmpty()) {
            return last(peer, standard.isEmpty() ? common : standard);
        }
        String client = last(peer, standard);
        return client.equals(last(peer, common)) ? client : peer;
    }

    /**
     * Whether the client's connection uses TLS: the server's own connection does, or a trusted proxy says so in
     * {@code X-Forwarded-Proto}. Of several values the last one counts, which is from the nearest proxy.
     */
    public boolean secure(String peer, boolean secure, Headers headers) {
        if (secure || !trust(peer)) {
            return secure;
        }
        List<String> schemes = split(headers.values("X-Forwarded-Proto"));
        return !schemes.isEmpty() && schemes.get(schemes.size() - 1).equalsIgnoreCase("https");
    }

    private String last(String peer, List<String> chain) {
        String client = peer;
        for (int i = chain.size() - 1; i >= 0 && trust(client); i--) {
            Optional<InetAddress> next = node(chain.get(i));
            if (next.isEmpty()) {
                return client;
            }
            client = next.get().getHostAddress();
        }
        return client;
    }

    private static List<String> forwarded(Headers headers) {
        List<String> chain = new ArrayList<>();
        for (String element : split(headers.values("Forwarded"))) {
            Matcher parameter = FOR.matcher(element);
            boolean found = parameter.find();
            chain.add(!found ? "" : parameter.group(1) != null ? parameter.group(1) : parameter.group(2));
        }
        return chain;
    }

    private static List<String> split(Iterable<String> values) {
        List<String> all = new ArrayList<>();
        values.forEach(value -> Stream.of(value.split(",")).map(String::strip).forEach(all::add));
        return all;
    }

    private static Optional<InetAddress> node(String text) {
        Optional<InetAddress> bare = parse(text);
        Matcher node = WITH_PORT.matcher(text);
        if (bare.isPresent() || !node.matches()) {
            return bare;
        }
        return parse(node.group(1) != null ? node.group(1) : node.group(2));
    }

    /** Accepts only addresses, so there is no look-up. */
    private static Optional<InetAddress> parse(String address) {
        if (!IPV4.matcher(address).matches() && !IPV6.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
