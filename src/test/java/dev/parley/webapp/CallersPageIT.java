package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.parley.identity.jwt.Mint;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The page says who stands behind a name, to the eye and to a screen reader. */
class CallersPageIT extends PageSetting {
    private static final String SECRET = "a secret of more than thirty-two bytes";

    @Test
    void aUserAndTheApplicationHaveAMarkAndGuestsHaveNone() {
        String token = new Mint(SECRET, null, null).token("ann@example.com", "ann", Duration.ofHours(1));
        try (ServerProcess signedIn = ServerProcess.start(Map.of("parley.jwt.secret", SECRET));
                Person ann = Person.at(signedIn.chat(), Map.of("token", token));
                Person namesake = Person.at(signedIn.chat(), Map.of("name", "ann"))) {
            Visitor bob = new Visitor(browser.visit(signedIn.page()), "bob");
            bob.joins("garden");
            ann.joins("garden");
            namesake.joins("garden");
            ann.says("I am the real one");
            namesake.says("So am I");
            bob.says("Hello, Server!");

            Page page = bob.window().page();
            Locator members = page.locator("#members li");
            assertThat(members).containsText(new String[] {ann.name(), namesake.name(), "bob (you)"});
            assertThat(marks(members.first(), "signed in as ann@example.com")).hasCount(1);
            assertThat(page.locator("#members .caller")).hasCount(1);
            assertThat(marks(bob.line("ann", "I am the real one"), "signed in as ann@example.com"))
                    .isVisible();
            assertThat(marks(bob.line("greeter", "Hello, Client!"), "the application"))
                    .isVisible();
            assertThat(bob.log().locator(".caller")).hasCount(2);
            bob.window().picture("callers");
            assertThat(Axe.violations(page)).isEmpty();

            ann.leaves("garden");
            assertThat(page.locator("#members .caller")).hasCount(0);
            page.reload();
            assertThat(marks(bob.line("ann", "I am the real one"), "signed in as ann@example.com"))
                    .isVisible();
            assertThat(bob.log().locator(".caller")).hasCount(2);
            assertThat(bob.window().complaints()).isEmpty();
            page.context().close();
        }
    }

    private static Locator marks(Locator within, String name) {
        return within.getByRole(
                AriaRole.IMG, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
