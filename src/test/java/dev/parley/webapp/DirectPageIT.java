package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.parley.identity.jwt.Mint;
import dev.parley.testing.ChangedWar;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two signed-in users who write to each other alone, or invite each other to a room. */
class DirectPageIT extends PageSetting {
    private static final String SECRET = "a secret of more than thirty-two bytes";
    private static final Map<String, String> ONLY_USERS = Map.of("parley.guests", "false", "parley.jwt.secret", SECRET);

    private static String token(String name) {
        return new Mint(SECRET, null, null).token(name + "@example.com", name, Duration.ofHours(1));
    }

    private static Person user(ServerProcess server, String name) {
        return Person.at(server.chat(), Map.of("token", token(name)));
    }

    private static void comesIn(Visitor visitor) {
        Page page = visitor.window().page();
        page.getByLabel("Your name").fill(visitor.name());
        page.getByLabel("Room", new Page.GetByLabelOptions().setExact(true)).fill("garden");
        visitor.button("Join").click();
        signsIn(visitor);
    }

    /** The page has been turned away once, and offers the field. */
    private static void signsIn(Visitor visitor) {
        visitor.window().page().getByLabel("Token").fill(token(visitor.name()));
        visitor.button("Join").click();
        assertThat(visitor.message()).isVisible();
    }

    private static Locator room(Visitor visitor, String title) {
        return visitor.window().page().locator(".room").filter(new Locator.FilterOptions().setHasText(title));
    }

    @Test
    void aPersonIsWrittenToAloneByAClickAndWhoWritesIsShownByItsName() {
        try (ServerProcess signedIn = ServerProcess.start(ONLY_USERS);
                Person bob = user(signedIn, "bob");
                Person cleo = user(signedIn, "cleo")) {
            bob.joins("garden");
            cleo.joins("garden");
            Visitor ann = new Visitor(browser.visit(signedIn.page()), "ann");
            Page page = ann.window().page();
            comesIn(ann);
            assertThat(page.locator("#members li")).hasText(new String[] {"ann ✓ (you)", "bob ✓", "cleo ✓"});
            ann.button("bob").click();
            assertThat(ann.open()).containsText("bob");
            assertThat(page).hasTitle(Pattern.compile("bob"));
            ann.says("Only for you");
            assertThat(bob.awaits("invited").getString("room")).isEqualTo("@ann@example.com");
            bob.joins("@ann@example.com");
            bob.says("I won't tell");
            assertThat(ann.line("bob", "I won't tell")).isVisible();
            assertThat(page.locator("#members li")).hasCount(2);

            cleo.joins("@ann@example.com");
            cleo.says("What are you two talking about?");
            assertThat(room(ann, "cleo")).containsText("1 new");
            ann.window().picture("direct");
            assertThat(Axe.violations(page)).isEmpty();
            ann.opens("cleo");
            assertThat(ann.line("cleo", "What are you two talking about?")).isVisible();
            assertThat(room(ann, "cleo")).not().containsText("new");
            assertThat(ann.line("bob", "I won't tell")).isHidden();
            assertThat(bob.hasHeard()).noneMatch(message -> message.toString().contains("you two"));

            // A token is not kept in the browser; the rooms are, for the user who signs in.
            page.reload();
            signsIn(ann);
            assertThat(room(ann, "bob")).isVisible();
            assertThat(ann.open()).containsText("cleo");
            assertThat(ann.line("cleo", "What are you two talking about?")).isVisible();
            assertThat((String) page.evaluate("localStorage['parley.rooms']")).isEqualTo("garden");
            assertThat(ann.window().complaints()).isEmpty();
            page.context().close();
        }
    }

    @Test
    void whatTheApplicationSendsToAPersonAloneIsInTheInbox(@TempDir Path folder) {
        Path war = ChangedWar.write(
                folder.resolve("parley-postman.war"),
                DirectPageIT.class,
                List.of("dev/parley/conformance/Postman.class"));
        try (ServerProcess shop = ServerProcess.start(war, ONLY_USERS);
                Person sender = user(shop, "sender")) {
            Visitor ann = new Visitor(browser.visit(shop.page()), "ann");
            Page page = ann.window().page();
            comesIn(ann);
            assertThat(room(ann, "Inbox")).hasCount(0);
            sender.joins("@postman");
            sender.says("send ann@example.com Your order is on its way");
            assertThat(room(ann, "Inbox")).containsText("1 new");
            ann.opens("Inbox");
            assertThat(ann.line("post", "Your order is on its way")).isVisible();
            assertThat(ann.message()).isDisabled();
            assertThat(room(ann, "Inbox")).not().containsText("new");
            ann.window().picture("inbox");
            assertThat(Axe.violations(page)).isEmpty();

            page.reload();
            page.getByLabel("Token").fill(token(ann.name()));
            ann.button("Join").click();
            assertThat(ann.open()).containsText("Inbox");
            sender.says("data ann@example.com {\"text\":\"Delivered\"}");
            assertThat(page.locator("details").filter(new Locator.FilterOptions().setHasText("Toast")))
                    .isVisible();
            assertThat(ann.window().complaints()).isEmpty();
            page.context().close();
        }
    }

    @Test
    void aPersonJoinsARoomToWhichItIsInvitedOnlyIfItWants() {
        Map<String, String> withMembers =
                Map.of("parley.access", "members", "parley.jwt.secret", SECRET, "parley.guests", "false");
        try (ServerProcess members = ServerProcess.start(withMembers);
                Person bob = user(members, "bob");
                Person phone = user(members, "ann")) {
            for (String room : List.of("garden", "cellar", "attic")) {
                bob.asks("create", Map.of("room", room, "closed", !room.equals("garden")));
            }
            bob.joins("cellar");
            Visitor ann = new Visitor(browser.visit(members.page()), "ann");
            comesIn(ann);

            invites(bob, "cellar");
            assertThat(ann.window().page().locator("#why")).hasText("bob invites you to the room cellar.");
            assertThat(bob.joins("cellar").getJsonArray("members").toString()).doesNotContain("ann");
            ann.button("Join the room").click();
            assertThat(ann.open()).containsText("cellar");
            bob.says("It is cool down here");
            assertThat(ann.line("bob", "It is cool down here")).isVisible();

            invites(bob, "attic");
            assertThat(phone.answerTo("history", Map.of("room", "attic")).getString("type"))
                    .isEqualTo("history");
            ann.button("No, thanks").click();
            await().untilAsserted(() -> assertThat(
                            phone.answerTo("history", Map.of("room", "attic")).getString("code", ""))
                    .isEqualTo("forbidden"));
            assertThat(room(ann, "attic")).hasCount(0);
        }
    }

    private static void invites(Person host, String room) {
        host.asks("moderate", Map.of("room", room, "action", "invite", "callerId", "ann@example.com"));
    }
}
