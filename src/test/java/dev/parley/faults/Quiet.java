package dev.parley.faults;

import dev.parley.testing.ServerProcess;

/** A stack trace in the log is a defect, whatever happened to the server. */
final class Quiet {
    private Quiet() {}

    static void check(ServerProcess server, Findings findings) {
        String output = server.output();
        if (output.lines().anyMatch(line -> line.startsWith("\tat "))) {
            findings.broken("a stack trace in the log: " + output.substring(0, Math.min(output.length(), 3_000)));
        }
    }
}
