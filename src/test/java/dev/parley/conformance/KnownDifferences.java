package dev.parley.conformance;

import java.util.Map;
import java.util.Set;

/**
 * Where a server under Parley ends a connection otherwise than RFC 6455 says, and Parley can't mend it: the one table of
 * what the conformance tests forgive, and to whom. Immutable.
 */
final class KnownDifferences {
    /** Instead of a close code: the server goes on as if nothing had happened. */
    static final int GOES_ON = 0;

    /** Seen in Tyrus 2.2.0 and 2.2.2. */
    private static final Map<Breach, Set<Integer>> TYRUS = Map.of(
            // It doesn't look at the mask bit.
            Breach.UNMASKED, Set.of(GOES_ON),
            // Past its incoming buffer it gives up by itself, before any endpoint sees a part of the frame.
            Breach.TEXT_FAR_TOO_LARGE, Set.of(1011));

    private static final Map<String, Map<Breach, Set<Integer>>> TABLE = Map.of(
            "payara", TYRUS,
            "standalone", TYRUS);

    /** A breach of the protocol, with the code that RFC 6455 wants it answered with. */
    enum Breach {
        UNMASKED(1002),
        RESERVED_OPCODE(1002),
        RESERVED_BIT(1002),
        LONG_PING(1002),
        FRAGMENTED_PING(1002),
        STRAY_CONTINUATION(1002),
        NOT_UTF8(1007),
        TEXT_TOO_LARGE(1009),
        TEXT_FAR_TOO_LARGE(1009),
        BINARY_TOO_LARGE(1009),
        FRAGMENTS_TOO_LARGE(1009);

        private final int code;

        Breach(int code) {
            this.code = code;
        }
    }

    private KnownDifferences() {}

    /** The codes that this server may answer with. */
    static Set<Integer> codes(String server, Breach breach) {
        return TABLE.getOrDefault(server, Map.of()).getOrDefault(breach, Set.of(breach.code));
    }
}
