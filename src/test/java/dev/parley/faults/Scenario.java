package dev.parley.faults;

/** A way to break things while people talk, and to look afterwards whether all promises were kept. */
interface Scenario {
    /** A few words, for the table. */
    String name();

    /** Runs it and ends what it started. @throws RuntimeException when it can't be run, or what should come never does */
    Report run(Scale scale);
}
