package dev.parley.wire;

import java.util.List;

/** The names of the protocol as a sub-protocol of WebSocket (RFC 6455 section 1.9). */
public final class Subprotocol {
    public static final String V1 = "parley.v1";

    /** As {@link #V1}, but a run of entries is one message, and JSON may come in binary frames. */
    public static final String V2 = "parley.v2";

    /** All of them, the best first. */
    public static final List<String> ALL = List.of(V2, V1);

    private Subprotocol() {}

    /** The best one among those that a client offers; empty if it offers none of them. Such a client is served as with {@link #V1}. */
    public static String choose(List<String> offered) {
        List<String> names = offered.stream().map(String::strip).toList();
        return ALL.stream().filter(names::contains).findFirst().orElse("");
    }
}
