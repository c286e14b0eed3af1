package dev.parley.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.CloseCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OperatorLogTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @Test
    void theFirstIsWrittenAtOnceAndTheOthersAreCounted() {
        try (OperatorLog log = log(NEVER)) {
            log.count(Incident.FOREIGN_ORIGIN, "https://a.example");
            await().until(() -> lines.size() == 1);
            for (int i = 0; i < 99; i++) {
                log.count(Incident.FOREIGN_ORIGIN, "https://b.example:8443");
            }
        }
        assertThat(lines)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("refused 1 handshake: ")
                                .contains("parley.origins")
                                .endsWith("(the latest: https://a.example)"),
                        rest -> assertThat(rest)
                                .startsWith("refused 99 handshakes: ")
                                .endsWith("(the latest: https://b.example:8443)"));
    }

    @Test
    void eachKindHasItsOwnLines() {
        try (OperatorLog log = log(NEVER)) {
            log.count(Incident.of(CloseCode.SILENT));
            log.count(Incident.TOO_FAST);
            await().until(() -> lines.size() == 2);
        }
        assertThat(lines)
                .anyMatch(line -> line.startsWith("closed 1 connection with 4001"))
                .anyMatch(line -> line.startsWith("refused 1 request with tooFast"));
    }

    @Test
    void afterTheIntervalWhatWasCountedIsWritten() {
        try (OperatorLog log = log(Duration.ofMillis(1))) {
            log.count(Incident.ABUSE);
            await().until(() -> lines.size() == 1);
            log.count(Incident.ABUSE);
            await().until(() -> lines.size() == 2);
        }
    }

    @Test
    void whatNeedsNoOneIsNotWritten() {
        try (OperatorLog log = log(NEVER)) {
            log.count(Incident.of(CloseCode.NORMAL));
            log.count(Incident.of(CloseCode.GOING_AWAY));
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void nothingThatAPeerSendsEndsALine() {
        assertThat(OperatorLog.cleaned("https://a.example\r\n2026-01-01 INFO forged\u001b[2J\u2028x"))
                .isEqualTo("https://a.example??2026-01-01?INFO?forged?[2J?x");
        assertThat(OperatorLog.cleaned("a".repeat(10_000))).hasSizeLessThan(200);
    }

    @Test
    void countingNeverWaitsForWhoeverReadsTheLog() {
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch reading = new CountDownLatch(1);
        try (OperatorLog log = new OperatorLog("", OperatorLogTest::daemon, Duration.ofNanos(1), (incident, line) -> {
            stalled.countDown();
            awaitQuietly(reading);
        })) {
            log.count(Incident.TOO_SLOW);
            awaitQuietly(stalled);
            for (int i = 0; i < 100_000; i++) {
                log.count(Incident.TOO_SLOW);
            }
            reading.countDown();
        }
    }

    private OperatorLog log(Duration interval) {
        return new OperatorLog("", OperatorLogTest::daemon, interval, (incident, line) -> lines.add(line));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
