package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QueuedHandlerTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void nobodyWaitsForAReaderThatStallsAndWhatIsDroppedIsCounted() {
        CountDownLatch reading = new CountDownLatch(1);
        QueuedHandler handler = handler(new OutputStream() {
            @Override
            public void write(int b) {
                try {
                    reading.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                written.write(b);
            }
        });
        // One more may be in the hands of the writer.
        for (int i = 0; i < QueuedHandler.CAPACITY + 101; i++) {
            handler.publish(record("line " + i));
        }
        reading.countDown();
        handler.flush();

        String text = written.toString(StandardCharsets.UTF_8);
        assertThat(text).containsPattern("10[01] lines of the log were dropped").contains("line 0\n", "line 999\n");
    }

    @Test
    void aLineBreakInAMessageDoesNotMakeALine() {
        QueuedHandler handler = handler(written);
        LogRecord record = record("bad header: x\r\n2026-01-01T00:00:00.000 INFO dev.parley.server: forged\u001b[2J");
        record.setThrown(new IllegalStateException("two\nlines", new IllegalArgumentException("three\nlines")));

        handler.publish(record);
        handler.flush();

        String text = written.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("two?lines", "\n\tCaused by: java.lang.IllegalArgumentException: three?lines");
        assertThat(text.lines().skip(1)).allMatch(line -> line.startsWith("\t"));
        assertThat(text.lines().findFirst().orElseThrow())
                .endsWith("WARNING dev.parley.test: "
                        + "bad header: x??2026-01-01T00:00:00.000 INFO dev.parley.server: forged?[2J");
    }

    private static QueuedHandler handler(OutputStream out) {
        return new QueuedHandler(out, StandardCharsets.UTF_8, new LineFormatter());
    }

    private static LogRecord record(String message) {
        LogRecord record = new LogRecord(Level.WARNING, message);
        record.setLoggerName("dev.parley.test");
        return record;
    }
}
