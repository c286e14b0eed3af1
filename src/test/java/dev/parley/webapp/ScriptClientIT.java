package dev.parley.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ChangedWar;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page's client, {@code parley.js}, run by Node.js. */
@Timeout(240)
class ScriptClientIT {
    private static final String NOWHERE = "ws://127.0.0.1:1/chat";
    private static final int ROUNDS = 5;
    private static final int MESSAGES_IN_A_ROUND = 150;
    private static final Pattern SAID = Pattern.compile("said (\\d+)");
    private static final Pattern PASSED = Pattern.compile("(?:# |ℹ )pass (\\d+)", Pattern.MULTILINE);

    @BeforeAll
    static void needsNode() {
        Script.assumePossible();
    }

    @Test
    void itsPartsDoWhatTheyPromise() throws IOException, InterruptedException {
        assertPassed(NOWHERE, 23, "src/test/js/parts.test.js");
    }

    @Test
    void itTakesEntriesInRuns() throws IOException, InterruptedException {
        assertPassed(NOWHERE, 5, "src/test/js/runs.test.js");
    }

    @Test
    void whatIsDrawnIsLookedAtInOnePass() throws IOException, InterruptedException {
        assertPassed(NOWHERE, 33, "src/test/js/drawing.test.js");
    }

    @Test
    void itComesBackFromEveryEndThatIsNotFinal() throws IOException, InterruptedException {
        assertPassed(NOWHERE, 42, "src/test/js/return.test.js");
    }

    @Test
    void itsDirectRoomsAreThoseOfOnePerson() throws IOException, InterruptedException {
        assertPassed(NOWHERE, 4, "src/test/js/direct.test.js");
    }

    @Test
    void itKnowsWhatScrollsUp() throws IOException, InterruptedException {
        assertPassed(NOWHERE, 4, "src/test/js/upward.test.js");
    }

    @Test
    void itLosesTheOldestWhereTooMuchWaitsForItsTurn() throws IOException, InterruptedException {
        assertPassed(NOWHERE, 6, "src/test/js/turns.test.js");
    }

    @Test
    void itIsKnownByTokensThatEnd() throws IOException, InterruptedException {
        assertPassed(NOWHERE, 8, "src/test/js/tokens.test.js");
    }

    @Test
    void itDoubtsALineOnWhatTheBrowserTells() throws IOException, InterruptedException {
        assertPassed(NOWHERE, 6, "src/test/js/doubt.test.js");
    }

    @Test
    void itBeginsAndEndsInOrder() throws IOException, InterruptedException {
        assertPassed(NOWHERE, 45, "src/test/js/client.test.js");
    }

    @Test
    void whatIsDrawnOfALifeIsWhatHappened() throws IOException, InterruptedException {
        assertPassed(NOWHERE, 14, "src/test/js/journal.test.js");
    }

    @Test
    void itGetsOnWithTheRealServer() throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start()) {
            assertPassed(server.chat().toString(), 7, "src/test/js/server.test.js");
        }
    }

    @Test
    void itHasTheInboxOfItsUserByOneCall(@TempDir Path folder) throws IOException, InterruptedException {
        Path war = ChangedWar.write(
                folder.resolve("parley-postman.war"),
                ScriptClientIT.class,
                List.of("dev/parley/conformance/Postman.class"));
        try (ServerProcess server =
                ServerProcess.start(war, Map.of("parley.jwt.secret", "a secret of more than thirty-two bytes"))) {
            assertPassed(server.chat().toString(), 3, "src/test/js/inbox.test.js");
        }
    }

    @Test
    void nothingIsLostNorDoubledWhileLinesAreCutAndTheServerIsKilled(@TempDir Path data)
            throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(Map.of("parley.data", data.toString()));
        ServerProcess server = ServerProcess.start(settings);
        settings.put("parley.port", String.valueOf(server.chat().getPort()));
        try (Script storm = Script.start(server.chat().toString(), "src/test/js/storm.js")) {
            for (int round = 1; round <= ROUNDS; round++) {
                awaitSaid(storm, round * MESSAGES_IN_A_ROUND);
                if (round < ROUNDS) {
                    server.kill();
                } else {
                    assertThat(server.terminate()).isIn(0, 143);
                }
                server.close();
                server = ServerProcess.start(settings);
            }
            awaitSaid(storm, (ROUNDS + 1) * MESSAGES_IN_A_ROUND);
            storm.writeLine("enough");
            assertThat(storm.awaitSuccess()).contains("0 lost, 0 doubled, 0 reordered");
        } finally {
            server.close();
        }
    }

    private static void awaitSaid(Script storm, int enough) throws IOException {
        Matcher said = storm.awaitLine(SAID);
        while (Integer.parseInt(said.group(1)) < enough) {
            said = storm.awaitLine(SAID);
        }
    }

    /** Node's test runner counts a file without tests as one that passed. */
    private static void assertPassed(String chat, int atLeast, String file) throws IOException, InterruptedException {
        try (Script tests = Script.start(chat, "--test", file)) {
            Matcher passed = PASSED.matcher(tests.awaitSuccess());
            assertThat(passed.find()).isTrue();
            assertThat(Integer.parseInt(passed.group(1))).isGreaterThanOrEqualTo(atLeast);
        }
    }
}
