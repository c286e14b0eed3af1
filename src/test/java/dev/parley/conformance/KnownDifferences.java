package dev.parley.conformance;

import dev.parley.testing.RawClient;
import java.util.Map;
import java.util.Set;

/**
 * Where a server under Parley ends a connection otherwise than RFC 6455 says, and Parley can't mend it: the one table of
 * what the conformance tests forgive, and to whom. Immutable.
 */
public final class KnownDifferences {
    private static final Map<String, Map<Breach, Set<Integer>>> TABLE = Map.of(
            "wildfly",
            Map.of(
                    // Undertow waits for more of that frame than can ever come, so that the heartbeat ends it.
                    Breach.NEGATIVE_LENGTH,
                    Set.of(4001),
                    // Undertow 2.3 cuts TCP at the second fault that it finds, also where its close frame for the
                    // first has not left yet.
                    Breach.TEXT_TOO_LARGE_AND_NOT_UTF8,
                    Set.of(1007, 1009, RawClient.NO_CLOSE_FRAME)));

    /** A breach of the protocol, with the codes that RFC 6455 allows as its answer: one, but for a double breach. */
    enum Breach {
        UNMASKED(1002),
        RESERVED_OPCODE(1002),
        RESERVED_CONTROL_OPCODE(1002),
        RESERVED_BIT(1002),
        NEGATIVE_LENGTH(1002),
        LONG_CONTROL(1002),
        FRAGMENTED_CONTROL(1002),
        STRAY_CONTINUATION(1002),
        START_WITHIN_MESSAGE(1002),
        CLOSE_OF_ONE_BYTE(1002),
        LONG_CLOSE(1002),
        FRAGMENTED_CLOSE(1002),
        CLOSE_CODE(1002),
        CLOSE_REASON(1007),
        NOT_UTF8(1007),
        NOT_UTF8_IN_FRAGMENTS(1007),
        TEXT_TOO_LARGE(1009),
        TEXT_FAR_TOO_LARGE(1009),
        TEXT_TOO_LARGE_AND_NOT_UTF8(1007, 1009),
        BINARY_TOO_LARGE(1009),
        FRAGMENTS_TOO_LARGE(1009);

        private final Set<Integer> codes;

        Breach(Integer... codes) {
            this.codes = Set.of(codes);
        }
    }

    private KnownDifferences() {}

    /** Whether pings reach Parley. Undertow answers them by itself. */
    public static boolean letsPingsBeCounted(String server) {
        return !server.equals("wildfly");
    }

    /** The codes that this server may answer with. */
    static Set<Integer> codes(String server, Breach breach) {
        return TABLE.getOrDefault(server, Map.of()).getOrDefault(breach, breach.codes);
    }
}
