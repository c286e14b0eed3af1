package dev.parley.admission;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which names this server has, by the header {@code Host} (RFC 9110 section 7.2). Immutable.
 *
 * <p>The owner of a name can let it point to the address of this server (DNS rebinding). A page that came from that name
 * then has an origin that equals the host that it connects to. A name that is not the server's gives such a page away.
 * Addresses and {@code localhost} need no entry: nobody can let them point elsewhere.
 */
public final class Hosts {
    private static final String ANY = "*";
    private static final String LOCAL = "localhost";
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final Set<String> names;

    /**
     * @param list of names and addresses with commas between them, or {@code *} for any; a port does not count
     * @throws IllegalArgumentException for what is neither
     */
    public Hosts(String list) {
        this(Stream.of(list.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .map(each -> each.equals(ANY) ? ANY : name(each).orElseThrow(IllegalArgumentException::new))
                .collect(Collectors.toUnmodifiableSet()));
    }

    private Hosts(Set<String> names) {
        this.names = names;
    }

    /** These, or any host where the list is empty: for a container, which has names of its own. */
    public Hosts orAny() {
        return names.isEmpty() ? new Hosts(Set.of(ANY)) : this;
    }

    /** These and one more. What is no name, such as a bare address of IPv6, needs no entry. */
    public Hosts and(String host) {
        return new Hosts(Stream.concat(names.stream(), name(host).stream()).collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether this value of {@code Host} is a name of this server. */
    public boolean admit(String host) {
        return names.contains(ANY) || name(host).filter(this::isOurs).isPresent();
    }

    private boolean isOurs(String name) {
        return name.equals(LOCAL)
                || name.endsWith("." + LOCAL)
                || name.startsWith("[")
                || IPV4.matcher(name).matches()
                || names.contains(name);
    }

    private static Optional<String> name(String host) {
        return Origin.parse("http://" + host).map(Origin::host);
    }
}
