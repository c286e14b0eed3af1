package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.parley.conformance.Container;
import dev.parley.testing.RawHttp;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples with pages, as their own {@code pom.xml} files have built them, side by side in one server. */
@ArquillianTest
@RunAsClient
@Timeout(120)
class ExamplesContainerIT {
    private static final String PASSWORD = "parley";

    private static Browser browser;

    /** For the whole server, but only the single page reads it: the other two have no library for tokens. */
    @Deployment(name = "secret", order = 1, testable = false)
    static WebArchive secret() {
        return Container.settings("secret", Map.of("spa.secret", "a secret of more than thirty-two bytes"));
    }

    @Deployment(name = "shop", order = 2, testable = false)
    static WebArchive shop() {
        return example("shop", "shop");
    }

    @Deployment(name = "news", order = 3, testable = false)
    static WebArchive news() {
        return example("faces", "news");
    }

    @Deployment(name = "spa", order = 4, testable = false)
    static WebArchive spa() {
        return example("spa", "spa");
    }

    private static WebArchive example(String folder, String name) {
        File war = new File("target/examples/" + folder + "/target/" + name + ".war");
        return ShrinkWrap.create(ZipImporter.class, name + ".war")
                .importFrom(war)
                .as(WebArchive.class);
    }

    @BeforeAll
    static void open() {
        browser = Browser.of(Engine.CHROMIUM);
    }

    @AfterEach
    void close() {
        browser.closeWindows();
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.closeWindows();
        }
    }

    @Test
    void theShopTellsItsCustomerOnceThatAnOrderIsOnItsWay() {
        Window ann = atTheShop("ann");
        Page order = ann.page();
        assertThat(order.locator("article h2")).hasText(new String[] {"Order 1: tea pot", "Order 3: golden cup"});
        assertThat(order.locator("#order-1 .state")).hasText("Being packed");
        Window clerk = atTheShop("clerk");
        assertThat(clerk.page().locator("article")).hasCount(3);
        clerk.page().locator("#order-1 .ship").click();

        assertThat(order.locator("#order-1 .state")).hasText("On its way");
        assertThat(clerk.page().locator("#load")).hasText("2 orders wait.");
        assertThat(order.locator("#order-1 li")).hasText(new String[] {"ShopThe tea pot is on its way."});
        assertThat(Axe.violations(order)).isEmpty();
        ann.picture("example-shop");
        clerk.picture("example-shop-staff");
        order.reload();
        assertThat(order.locator("#order-1 li")).hasText(new String[] {"ShopThe tea pot is on its way."});
        // It waited for the commit in the database of the shop.
        assertThat((String) order.evaluate("""
                async () => {
                  const { ParleyClient } = await import("./parley/parley.js");
                  const client = new ParleyClient();
                  await client.connect();
                  const { entries } = await client.join("order-1");
                  client.close();
                  return entries.map(({ id }) => id).join();
                }""")).startsWith("outbox:").doesNotContain(",");
        assertThat(ann.complaints()).isEmpty();
        assertThat(clerk.complaints()).isEmpty();
        // The durable observer writes it on a thread of its own.
        clerk.page().waitForFunction("async () => (await (await fetch('api/orders/invoices')).json()).includes(1)");
    }

    @Test
    void anOrderThatCanNotBeShippedWaits() {
        Page clerk = atTheShop("clerk").page();
        clerk.locator("#order-3 .ship").click();
        assertThat(clerk.locator("#problem")).hasText("There is no golden cup left.");
        assertThat((boolean) clerk.evaluate(
                        "fetch('api/orders').then(a => a.json()).then(a => a.orders.find(o => o.id === 3).shipped)"))
                .isFalse();
        // What was sent before the rollback is not there: the next entry is the first one.
        Locator order = clerk.locator("#order-3");
        order.getByLabel("Write to the shop").fill("We order more.");
        order.getByText("Send").click();
        assertThat(order.locator("li")).hasText(new String[] {"clerkWe order more."});
    }

    @ParameterizedTest
    @CsvSource({"GET /shop/orders.html, ''", "GET /news/news.xhtml, ''", "POST /spa/session, user=nobody&password=wrong"
    })
    void theCookieOfTheSessionIsNotSentFromOtherSites(String request, String form) throws IOException {
        try (RawHttp http = new RawHttp(Container.page())) {
            String cookie = http.askWithBody(
                            form,
                            request + " HTTP/1.1",
                            "Content-Type: application/x-www-form-urlencoded",
                            "Content-Length: " + form.length())
                    .header("Set-Cookie")
                    .orElse("");
            assertThat(cookie.toLowerCase(Locale.ROOT))
                    .startsWith("jsessionid=")
                    .contains("httponly", "samesite=lax");
        }
    }

    @Test
    void theShopMasksCardNumbersAndSeesQuestions() {
        Window bob = atTheShop("bob");
        Locator order = bob.page().locator("#order-2");
        order.getByLabel("Write to the shop").fill("Is it paid with 4111 1111 1111 1111?");
        order.getByText("Send").click();
        assertThat(order.locator("li"))
                .hasText(new String[] {"bobIs it paid with (card number)?", "ShopWe have seen the question of bob."});
        assertThat((String) bob.page().evaluate("fetch('api/orders/2/talk').then(answer => answer.text())"))
                .isEqualTo("[\"Is it paid with (card number)?\"]");
        assertThat(bob.complaints()).isEmpty();
    }

    @Test
    void aStrangerIsNotInTheRoomOfAnOrder() {
        Window bob = atTheShop("bob");
        String answer = (String) bob.page().evaluate("""
                async () => {
                  const { ParleyClient } = await import("./parley/parley.js");
                  const client = new ParleyClient();
                  const { caller } = await client.connect();
                  const error = await client.join("order-1").catch((error) => error);
                  client.close();
                  return `${caller.kind} ${caller.id}, ${error.code}: ${error.message}`;
                }""");
        assertThat(answer).startsWith("user bob, forbidden: ").contains("This is the order of somebody else.");
        Page guest = browser.visit(Container.page().resolve("shop/index.html")).page();
        assertThat((String) guest.evaluate("""
                async () => {
                  const { ParleyClient } = await import("./parley/parley.js");
                  return new ParleyClient().connect({ name: "ann" }).then(() => "welcome", (error) => error.code);
                }""")).isEqualTo("unauthorized");
    }

    @Test
    void theSinglePageTalksAsTheUserOfItsToken() {
        Window ann = browser.visit(Container.page().resolve("spa/"));
        signIn(ann.page(), "ann");
        assertThat(ann.page().locator("#who")).hasText("ann");
        Window bob = browser.visit(Container.page().resolve("spa/"));
        signIn(bob.page(), "bob");
        bob.page()
                .getByLabel("Message", new Page.GetByLabelOptions().setExact(true))
                .fill("Hello, Ann");
        button(bob.page(), "Send").click();
        assertThat(ann.page().locator("#messages li")).hasText(new String[] {"bobHello, Ann"});
        assertThat(Axe.violations(ann.page())).isEmpty();
        ann.picture("example-spa");
        assertThat(ann.complaints()).isEmpty();
        assertThat(bob.complaints()).isEmpty();
    }

    @Test
    void theSinglePageHasNoTokenForAWrongPassword() {
        Page page = browser.visit(Container.page().resolve("spa/")).page();
        page.getByLabel("User").fill("ann");
        page.getByLabel("Password").fill("wrong");
        button(page, "Sign in").click();
        assertThat(page.locator("#problem")).hasText("This user and password are not known here.");
        assertThat(page.locator("#team")).isHidden();
    }

    @Test
    void whatAFacesBeanPushesIsOnEachPageAndItsThanksOnThoseOfOneUser() {
        URI address = Container.page().resolve("news/news.xhtml");
        Window guest = browser.visit(address);
        Window bob = browser.visit(address);
        signIn(bob.page(), "bob");
        Window ann = browser.visit(address);
        assertThat(Axe.violations(ann.page())).isEmpty();
        signIn(ann.page(), "ann");
        ann.page().getByLabel("Headline").fill("Tea is ready");
        button(ann.page(), "Publish").click();
        for (Window each : new Window[] {guest, bob, ann}) {
            assertThat(each.page().locator("li")).hasText(new String[] {"Tea is ready"});
        }
        assertThat(ann.page().locator("#thanks")).hasText("Thank you, ann.");
        assertThat(Axe.violations(ann.page())).isEmpty();
        ann.picture("example-faces");
        assertThat(bob.page().locator("#thanks")).isEmpty();
        assertThat(guest.page().locator("#thanks")).isEmpty();
        assertThat(guest.complaints()).isEmpty();
        assertThat(ann.complaints()).isEmpty();
    }

    private static Window atTheShop(String user) {
        Window window = browser.visit(Container.page().resolve("shop/orders.html"));
        signIn(window.page(), user);
        assertThat(window.page().locator("#who")).hasText(user);
        return window;
    }

    private static void signIn(Page page, String user) {
        page.getByLabel("User").fill(user);
        page.getByLabel("Password").fill(PASSWORD);
        button(page, "Sign in").click();
    }

    private static Locator button(Page page, String label) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label).setExact(true));
    }
}
