package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.parley.identity.jwt.Mint;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the page shows of a moderator's actions. */
class ModeratedPageIT extends PageSetting {
    private static final String SECRET = "a secret of more than thirty-two bytes";

    @Test
    void aSlowRoomAndAMuteAreSentencesAndABanIsAReason() {
        Map<String, ?> claims = Mint.rooms(Map.of("*", List.of("all", "moderate")));
        String token = new Mint(SECRET, null, null).token("mod", "mod", Duration.ofHours(1), claims);
        try (ServerProcess server = ServerProcess.start(Map.of("parley.jwt.secret", SECRET));
                Person moderator = Person.at(server.chat(), Map.of("token", token))) {
            Visitor bob = new Visitor(browser.visit(server.page()), "bob");
            bob.joins("garden");
            Page page = bob.window().page();
            Locator slow = page.getByText("This room is slow: one message in 600 seconds.");
            moderator.asks("moderate", Map.of("room", "garden", "action", "slow", "seconds", 600));
            assertThat(slow).isVisible();
            assertThat(bob.message()).isEnabled();
            bob.says("my one message");
            bob.window().picture("slow");
            assertThat(Axe.violations(page)).isEmpty();
            moderator.asks("moderate", Map.of("room", "garden", "action", "slow", "seconds", 0));
            assertThat(slow).isHidden();
            bob.says("and another one");

            Locator muted = page.getByText("You may read in this room, but write nothing here.");
            moderator.asks("moderate", Map.of("room", "garden", "action", "mute", "user", "bob"));
            assertThat(muted).isVisible();
            moderator.asks("moderate", Map.of("room", "garden", "action", "unmute", "user", "bob"));
            assertThat(muted).isHidden();

            bob.joinsToo("cellar");
            moderator.asks("moderate", Map.of("room", "cellar", "action", "ban", "user", "bob", "seconds", 600));
            assertThat(page.locator("#why")).containsText("cellar: you are banned from the room cellar until ");
            bob.says("still here");
            assertThat(bob.window().complaints()).isEmpty();
            page.context().close();
        }
    }
}
