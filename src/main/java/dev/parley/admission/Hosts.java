package dev.parley.admission;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The host names of this server, checked against the header {@code Host} (RFC 9110 section 7.2). Immutable.
 *
 * <p>The owner of a foreign name can point it to the address of this server (DNS rebinding). A page from that name then
 * has the same origin as the host to which it connects. So a name that is not the server's is rejected. Addresses and
 * {@code localhost} need no entry, because nobody can point them elsewhere.
 */
public final class Hosts {
    private static final String ANY = "*";
    private static final String LOCAL = "localhost";
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final Set<String> names;

    /**
     * @param list names and addresses with commas between them, or {@code *} for any; ports are ignored
     * @throws IllegalArgumentException if a part of the list is no name and no address
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

    /**
     * These hosts, or any host if the list is empty: for a container, whose host names the application does not know.
     */
    public Hosts orAny() {
        return names.isEmpty() ? new Hosts(Set.of(ANY)) : this;
    }

    /** These hosts and one more. A host that is no name, such as a bare IPv6 address, needs no entry and is ignored. */
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
