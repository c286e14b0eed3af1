package dev.parley.conformance;

import dev.parley.testing.RawClient;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a server under Parley does otherwise than RFC 6455 says, or than other servers do, and Parley can't mend it: the one table
 * of what the conformance tests forgive, to whom, and why. Immutable.
 */
public final class KnownDifferences {
    private static final String WILDFLY = "wildfly";
    private static final String TOMCAT = "tomcat";
    private static final String JETTY = "jetty";
    private static final String TOMEE = "tomee";

    private static final List<Difference> ALL = List.of(
            new Difference(WILDFLY, Habit.ANSWERS_PINGS, "Undertow answers pings itself, so that they are not counted"),
            new Difference(
                    WILDFLY,
                    Breach.NEGATIVE_LENGTH,
                    Set.of(4001),
                    "Undertow waits for more of that frame than can ever come, so that the heartbeat ends it"),
            new Difference(
                    WILDFLY,
                    Breach.TEXT_TOO_LARGE_AND_NOT_UTF8,
                    Set.of(1007, 1009, RawClient.NO_CLOSE_FRAME),
                    "Undertow 2.3 ends TCP at the second fault, also if its close frame for the first has not left yet"),
            new Difference(TOMCAT, Habit.ANSWERS_PINGS, "Tomcat answers pings itself, so that they are not counted"),
            new Difference(
                    TOMCAT,
                    Breach.CLOSE_REASON,
                    Set.of(1002),
                    "Tomcat takes such a reason for a bad frame, not a bad text"),
            new Difference(
                    TOMCAT,
                    Habit.RESETS,
                    "Tomcat ends TCP as soon as its close frame for a breach is written: if the peer has sent more, the kernel sends an RST,"
                            + " and the close frame may be lost (1006)"),
            new Difference(
                    JETTY,
                    Habit.CUTS_AT_ITS_STOP,
                    "Jetty, stopped by a signal, ends TCP before applications hear of it, so that nobody gets a bye"),
            new Difference(JETTY, Habit.ANSWERS_PINGS, "Jetty answers pings itself, so that they are not counted"),
            new Difference(
                    JETTY, Breach.NEGATIVE_LENGTH, Set.of(1009), "Jetty takes such a length for one that is too large"),
            new Difference(TOMEE, Habit.ANSWERS_PINGS, "Its Tomcat answers pings itself, so that they are not counted"),
            new Difference(
                    TOMEE,
                    Breach.CLOSE_REASON,
                    Set.of(1002),
                    "Its Tomcat takes such a reason for a bad frame, not a bad text"));

    /** What some servers do, and others do not. */
    public enum Habit {
        ANSWERS_PINGS,
        RESETS,
        CUTS_AT_ITS_STOP
    }

    /**
     * One difference.
     *
     * @param server as {@link Place#server} names it
     * @param breach after which the server does otherwise; null if it is a habit
     * @param codes with which it may close then
     * @param habit null if it is about a breach
     * @param cause a sentence without its full stop
     */
    public record Difference(String server, Breach breach, Set<Integer> codes, Habit habit, String cause) {
        private Difference(String server, Habit habit, String cause) {
            this(server, null, Set.of(), habit, cause);
        }

        private Difference(String server, Breach breach, Set<Integer> codes, String cause) {
            this(server, breach, codes, null, cause);
        }
    }

    /** A breach of the protocol, with the codes that RFC 6455 allows as its answer: one, but for a double breach. */
    public enum Breach {
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

        /** Those that the server itself finds, and behind which the tests send more. */
        private static final Set<Breach> FOLLOWED = EnumSet.of(
                UNMASKED,
                RESERVED_OPCODE,
                RESERVED_CONTROL_OPCODE,
                RESERVED_BIT,
                NEGATIVE_LENGTH,
                LONG_CONTROL,
                FRAGMENTED_CONTROL,
                STRAY_CONTINUATION,
                START_WITHIN_MESSAGE,
                NOT_UTF8,
                NOT_UTF8_IN_FRAGMENTS,
                TEXT_TOO_LARGE_AND_NOT_UTF8);

        private final Set<Integer> codes;

        Breach(Integer... codes) {
            this.codes = Set.of(codes);
        }
    }

    private KnownDifferences() {}

    /** All of them. */
    public static List<Difference> all() {
        return ALL;
    }

    /** Whether pings reach Parley. */
    public static boolean letsPingsBeCounted(String server) {
        return !has(server, Habit.ANSWERS_PINGS);
    }

    /** Whether clients hear of the stop of the server. */
    static boolean letsApplicationsSayGoodbye(String server) {
        return !has(server, Habit.CUTS_AT_ITS_STOP);
    }

    private static boolean has(String server, Habit habit) {
        return ALL.stream().anyMatch(known -> known.server().equals(server) && known.habit() == habit);
    }

    /** The codes that this server may answer with. */
    static Set<Integer> codes(String server, Breach breach) {
        Set<Integer> codes = new HashSet<>(ALL.stream()
                .filter(known -> known.server().equals(server) && known.breach() == breach)
                .map(Difference::codes)
                .findFirst()
                .orElse(breach.codes));
        if (has(server, Habit.RESETS) && Breach.FOLLOWED.contains(breach)) {
            codes.add(RawClient.NO_CLOSE_FRAME);
        }
        return Set.copyOf(codes);
    }
}
