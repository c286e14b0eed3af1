package dev.parley.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkerTest {
    private static final int SIZE = 40;

    @Test
    void entriesOfABatchAreFoundInTheirOrderAmongOtherMessages() {
        String frame = "[{\"type\":\"said\",\"room\":\"r\",\"seq\":7,\"at\":\"…\"},"
                + entry(6, Long.MAX_VALUE, 65_535, Integer.MAX_VALUE)
                + ",{\"type\":\"presence\",\"room\":\"r\",\"user\":\"@@ann@@\",\"online\":true},"
                + entry(7, 1, 0, 0) + "]";
        assertThat(scanned(frame)).containsExactly("6 9223372036854775807 65535 2147483647", "7 1 0 0");
    }

    @Test
    void entriesOfARunAreNumberedFromTheFirst() {
        String run =
                "{\"type\":\"entries\",\"room\":\"r\",\"seq\":6,\"at\":\"…\",\"senders\":[{\"from\":\"ann\"}],\"entries\":["
                        + "{\"id\":\"a\",\"text\":\"" + text(1, 0, 0) + "\"},{\"ms\":1,\"text\":\"" + text(2, 0, 1)
                        + "\"}]}";
        assertThat(scanned("[" + run + "," + entry(8, 3, 0, 2) + "]")).containsExactly("6 1 0 0", "7 2 0 1", "8 3 0 2");
    }

    @Test
    void aFrameWithoutEntriesHasNone() {
        assertThat(scanned("{\"type\":\"beat\"}")).isEmpty();
        assertThat(scanned("@@")).isEmpty();
        assertThat(scanned("{\"seq\":12")).isEmpty();
    }

    @Test
    void errorsAreFoundAndNotInTheWordsOfTheirMessages() {
        String frame = "[{\"type\":\"error\",\"code\":\"badRequest\",\"message\":\"no \\\"error\\\" here\"},"
                + entry(6, 1, 0, 0) + ",{\"type\":\"error\",\"code\":\"tooFast\",\"message\":\"\"}]";
        assertThat(scanned(frame)).containsExactly("error", "6 1 0 0", "error");
    }

    private static String entry(long seq, long due, int sender, int number) {
        return "{\"type\":\"entry\",\"room\":\"r\",\"seq\":" + seq + ",\"from\":\"ann\",\"at\":\"…\",\"text\":\""
                + text(due, sender, number) + "\"}";
    }

    private static String text(long due, int sender, int number) {
        byte[] text = "a".repeat(SIZE).getBytes(StandardCharsets.US_ASCII);
        Marker.write(text, 0, due, sender, number);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static List<String> scanned(String frame) {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        List<String> found = new ArrayList<>();
        Marker.scan(bytes, 0, bytes.length, SIZE, new Marker.Sink() {
            @Override
            public void entry(long seq, long due, int sender, int number) {
                found.add(seq + " " + due + " " + sender + " " + number);
            }

            @Override
            public void error() {
                found.add("error");
            }
        });
        return found;
    }
}
