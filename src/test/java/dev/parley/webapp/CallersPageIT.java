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
import java.util.regex.Pattern;
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

    @Test
    void aGuestThatGivesItsNameToAUserIsToldSoAndItsLinesStayItsOwn() {
        String token = new Mint(SECRET, null, null).token("ann@example.com", "ann", Duration.ofHours(1));
        try (ServerProcess signedIn = ServerProcess.start(Map.of("parley.jwt.secret", SECRET))) {
            Visitor guest = new Visitor(browser.visit(signedIn.page()), "ann");
            guest.joins("garden");
            guest.says("I was here first");
            Page page = guest.window().page();
            try (Person ann = Person.at(signedIn.chat(), Map.of("token", token))) {
                assertThat(page.locator("#why"))
                        .hasText("You are now called ann-2, because the name ann belongs to a user who is signed in,"
                                + " or to the application.");
                assertThat(page.locator("#where")).hasText("as ann-2");
                guest.window().picture("renamed");
                ann.joins("garden");
                ann.says("Thank you");
                assertThat(page.locator("#members li")).hasText(new String[] {"ann ✓", "ann-2 (you)"});
                new Visitor(guest.window(), "ann-2").says("You are welcome");

                Pattern own = Pattern.compile("(^| )own( |$)");
                assertThat(guest.line("ann", "I was here first")).hasClass(own);
                assertThat(guest.line("ann-2", "You are welcome")).hasClass(own);
                assertThat(guest.line("ann", "Thank you")).not().hasClass(own);
                assertThat(Axe.violations(page)).isEmpty();
                guest.button("All right").click();
                assertThat(page.locator("#notice")).isHidden();
            }
            page.reload();
            assertThat(page.locator("#members li")).hasText(new String[] {"ann-2 (you)"});
            assertThat(page.locator("#notice")).isHidden();
            assertThat(guest.window().complaints()).isEmpty();
            page.context().close();
        }
    }

    private static Locator marks(Locator within, String name) {
        return within.getByRole(
                AriaRole.IMG, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }
}
