package dev.parley.faults;

import java.util.List;

/**
 * What came of a scenario: a row of the table. Immutable.
 *
 * @param extent how long it lasted, or how many rounds it had
 * @param faults which were made
 * @param connections how many were made, the first ones and the returns
 * @param acknowledged how many messages were
 * @param delivered how many entries were heard, by all together
 * @param findings what was found to be wrong, in sentences; none when all promises were kept
 * @param remarks what was measured beside
 */
record Report(
        String scenario,
        String extent,
        String faults,
        long connections,
        long acknowledged,
        long delivered,
        long lost,
        long doubled,
        long reordered,
        List<String> findings,
        String remarks) {
    /** Of a scenario that could not be run to its end. */
    static Report broken(String scenario, Throwable why) {
        return new Report(scenario, "", "", 0, 0, 0, 0, 0, 0, List.of("BROKEN: " + why), "did not come to its end");
    }

    /** Of a scenario that can't be run here. */
    static Report skipped(String scenario, String why) {
        return new Report(scenario, "none", "", 0, 0, 0, 0, 0, 0, List.of(), why);
    }

    static final String HEADER = """
            | scenario | extent | faults | connections | acknowledged | delivered | lost | doubled | reordered | |
            |---|---|---|---:|---:|---:|---:|---:|---:|---|""";

    /** The row in Markdown. */
    String row() {
        return "| %s | %s | %s | %,d | %,d | %,d | %d | %d | %d | %s |"
                .formatted(
                        scenario,
                        extent,
                        faults,
                        connections,
                        acknowledged,
                        delivered,
                        lost,
                        doubled,
                        reordered,
                        remarks);
    }

    /** With others beside those who talk. */
    Report plus(long connections, long delivered) {
        return new Report(
                scenario,
                extent,
                faults,
                this.connections + connections,
                acknowledged,
                this.delivered + delivered,
                lost,
                doubled,
                reordered,
                findings,
                remarks);
    }

    boolean isClean() {
        return lost == 0 && doubled == 0 && reordered == 0 && findings.isEmpty();
    }
}
