package dev.parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.access.RulesFile;
import dev.parley.message.Caller;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of rules in the documents are taken, and say what the documents say about them. */
class RulesDocumentTest {
    private static final Caller GUEST = new Caller(Caller.Kind.GUEST, "s1", new UserName("guest"));
    private static final Caller ANN = new Caller(Caller.Kind.USER, "ann@example.com", new UserName("ann"));
    private static final Caller BOB = new Caller(Caller.Kind.USER, "bob", new UserName("bob"));

    @TempDir
    Path folder;

    @Test
    void theFileInTheReadmeIsTaken() throws IOException {
        RulesFile rules = rules(Markdown.readme());

        assertThat(may(rules, GUEST, "lobby")).containsExactlyInAnyOrder(Permission.READ, Permission.SAY);
        assertThat(may(rules, GUEST, "garden")).isEmpty();
        assertThat(may(rules, BOB, "support-7")).isEmpty();
        assertThat(may(rules, BOB.with(Set.of("support"), null), "support-7")).contains(Permission.ATTACH);
        assertThat(may(rules, BOB, "ann-notes")).isEmpty();
        assertThat(may(rules, ANN, "ann-notes")).contains(Permission.SAY);
        assertThat(may(rules, BOB, "garden")).containsExactlyInAnyOrder(Permission.READ, Permission.SAY);
    }

    @Test
    void theFileForOperatorsIsTaken() throws IOException {
        RulesFile rules = rules(Markdown.named("operations.md"));

        assertThat(may(rules, BOB, "news")).containsExactly(Permission.READ);
        assertThat(may(rules, BOB.with(Set.of("editor"), null), "news")).contains(Permission.ATTACH);
        assertThat(may(rules, BOB, "staff-1")).isEmpty();
        assertThat(may(rules, BOB.with(Set.of("staff"), null), "staff-1")).contains(Permission.SAY);
        Caller agent = BOB.with(Set.of("agent"), null);
        assertThat(rules.quotaInDirectRooms(agent)).isEqualTo(5);
        assertThat(rules.decide(agent, new RoomName("garden")).join().quota()).isEqualTo(5);
    }

    private RulesFile rules(Markdown document) throws IOException {
        List<String> lines = document.blocks().stream()
                .filter(block -> block.info().equals("rules"))
                .flatMap(block -> block.lines().stream())
                .toList();
        return new RulesFile(Files.write(folder.resolve("rules"), lines));
    }

    private static Set<Permission> may(RulesFile rules, Caller caller, String room) {
        return rules.decide(caller, new RoomName(room)).join().permissions();
    }
}
