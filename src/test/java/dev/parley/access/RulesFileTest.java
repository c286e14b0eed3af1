package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.message.Caller;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesFileTest {
    private static final Caller GUEST = new Caller(Caller.Kind.GUEST, "s1", new UserName("ann"));

    @TempDir
    Path folder;

    private Path file;
    private RulesFile rules;
    private final AtomicInteger changes = new AtomicInteger();

    @BeforeEach
    void aFile() throws IOException {
        file = folder.resolve("rules");
        Files.writeString(file, "* guests all");
        rules = new RulesFile(file);
    }

    @Test
    void aNewVersionHoldsWhenItWasReadTwice() throws IOException {
        Files.writeString(file, "hall role:staff read\n* guests read");
        rules.look(changes::incrementAndGet);
        assertThat(may()).contains(Permission.SAY);

        rules.look(changes::incrementAndGet);
        rules.look(changes::incrementAndGet);
        assertThat(may()).containsExactly(Permission.READ);
        assertThat(changes).hasValue(1);
        assertThat(rules.toString()).isEqualTo("2 rules of " + file + " say who may be in rooms");
        assertThat(rules.roles()).containsExactly("staff");
    }

    @Test
    void aNotificationThatFailsIsRepeatedAtTheNextLook() throws IOException {
        Files.writeString(file, "* guests read");
        rules.look(changes::incrementAndGet);
        assertThatThrownBy(() -> rules.look(() -> {
                    throw new IllegalStateException("not now");
                }))
                .hasMessage("not now");
        assertThat(changes).hasValue(0);

        looksTwice();
        assertThat(changes).hasValue(1);
    }

    @Test
    void aBrokenVersionChangesNothingAndTheNextGoodOneHolds() throws IOException {
        for (byte[] broken : List.of(
                "* guests reed".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                new byte[] {(byte) 0xff},
                "* guests read\n".repeat(RulesFile.MOST_BYTES).getBytes(StandardCharsets.UTF_8))) {
            Files.write(file, broken);
            looksTwice();
        }
        Files.delete(file);
        looksTwice();
        assertThat(may()).contains(Permission.SAY);
        assertThat(changes).hasValue(0);

        Files.writeString(file, "* guests read");
        looksTwice();
        assertThat(may()).containsExactly(Permission.READ);
        assertThat(changes).hasValue(1);
    }

    @Test
    void theFileIsWatched() throws IOException {
        try (RulesFile watched = rules) {
            watched.watch(Thread::new, changes::incrementAndGet);
            Files.writeString(file, "* guests none");
            await().atMost(Duration.ofSeconds(30)).until(() -> may().isEmpty() && changes.get() == 1);
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfAPattern() throws IOException {
        Files.writeString(file, "\uFEFF* guests read");

        assertThat(new RulesFile(file).decide(GUEST, RoomName.LOBBY).join().permissions())
                .containsExactly(Permission.READ);
    }

    @Test
    void aFileThatCannotBeUsedAtTheStartIsNamedWithItsLine() throws IOException {
        Files.writeString(file, "\n* guest read");
        assertThatThrownBy(() -> new RulesFile(file))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("line 2: 'guest' is nobody");
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> new RulesFile(missing))
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> new RulesFile(folder)).hasMessageContaining("there is no such file");
    }

    @Nested
    class AsAPolicy extends PolicyContract {
        @Override
        protected AccessPolicy policy() {
            return rules;
        }
    }

    private void looksTwice() {
        rules.look(changes::incrementAndGet);
        rules.look(changes::incrementAndGet);
    }

    private Set<Permission> may() {
        return rules.decide(GUEST, RoomName.LOBBY).join().permissions();
    }
}
