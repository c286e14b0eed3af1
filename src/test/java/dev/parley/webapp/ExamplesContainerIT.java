package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.parley.conformance.Container;
import dev.parley.testing.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
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
    private static Browser browser;

    /** For the whole server, but only the single page reads it: the other two have no library for tokens. */
    @Deployment(name = "secret", order = 1, testable = false)
    static WebArchive secret() {
        return Container.settings("secret", Map.of("spa.secret", "a secret of more than thirty-two bytes"));
    }

    @Deployment(name = "shop", order = 2, testable = false)
    static WebArchive shop() {
        return ShopPage.example("shop", "shop", "shop");
    }

    @Deployment(name = "news", order = 3, testable = false)
    static WebArchive news() {
        return ShopPage.example("faces", "news", "news");
    }

    @Deployment(name = "spa", order = 4, testable = false)
    static WebArchive spa() {
        return ShopPage.example("spa", "spa", "spa");
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
        ShopPage ann = atTheShop("ann");
        Page order = ann.page();
        assertThat(order.locator("article h2")).hasText(new String[] {"Order 1: tea pot", "Order 3: golden cup"});
        ann.seesState(1, "Being packed");
        ShopPage clerk = atTheShop("clerk");
        assertThat(clerk.page().locator("article")).hasCount(3);
        clerk.ships(1);

        ann.seesState(1, "On its way");
        assertThat(clerk.page().locator("#load")).hasText("2 orders wait.");
        ann.seesLines(1, "ShopThe tea pot is on its way.");
        assertThat(Axe.violations(order)).isEmpty();
        ann.window().picture("example-shop");
        clerk.window().picture("example-shop-staff");
        order.reload();
        ann.seesLines(1, "ShopThe tea pot is on its way.");
        // It waited for the commit in the database of the shop.
        assertThat(ann.ids(1)).startsWith("outbox:").doesNotContain(",");
        assertThat(ann.window().complaints()).isEmpty();
        assertThat(clerk.window().complaints()).isEmpty();
        // The durable observer writes it on a thread of its own.
        clerk.page().waitForFunction("async () => (await (await fetch('api/orders/invoices')).json()).includes(1)");
    }

    @Test
    void anOrderThatCanNotBeShippedWaits() {
        ShopPage clerk = atTheShop("clerk");
        clerk.ships(3);
        clerk.seesProblem("There is no golden cup left.");
        assertThat(
                        (boolean)
                                clerk.page()
                                        .evaluate(
                                                "fetch('api/orders').then(a => a.json()).then(a => a.orders.find(o => o.id === 3).shipped)"))
                .isFalse();
        // What was sent before the rollback is not there: the next entry is the first one.
        clerk.writes(3, "We order more.");
        clerk.seesLines(3, "clerkWe order more.");
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
        ShopPage bob = atTheShop("bob");
        bob.writes(2, "Is it paid with 4111 1111 1111 1111?");
        bob.seesLines(2, "bobIs it paid with (card number)?", "ShopWe have seen the question of bob.");
        assertThat((String) bob.page().evaluate("fetch('api/orders/2/talk').then(answer => answer.text())"))
                .isEqualTo("{\"first\":1,\"more\":false,\"texts\":[\"Is it paid with (card number)?\"]}");
        assertThat(bob.window().complaints()).isEmpty();
    }

    @Test
    void aStrangerIsNotInTheRoomOfAnOrder() {
        ShopPage bob = atTheShop("bob");
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
        ShopPage.signIn(ann.page(), "ann");
        assertThat(ann.page().locator("#who")).hasText("ann");
        Window bob = browser.visit(Container.page().resolve("spa/"));
        ShopPage.signIn(bob.page(), "bob");
        bob.page()
                .getByLabel("Message", new Page.GetByLabelOptions().setExact(true))
                .fill("Hello, Ann");
        ShopPage.button(bob.page(), "Send").click();
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
        ShopPage.button(page, "Sign in").click();
        assertThat(page.locator("#problem")).hasText("This user and password are not known here.");
        assertThat(page.locator("#team")).isHidden();
    }

    @Test
    void whatAFacesBeanPushesIsOnEachPageAndItsThanksOnThoseOfOneUser() {
        URI address = Container.page().resolve("news/news.xhtml");
        Window guest = browser.visit(address);
        Window bob = browser.visit(address);
        ShopPage.signIn(bob.page(), "bob");
        Window ann = browser.visit(address);
        assertThat(Axe.violations(ann.page())).isEmpty();
        ShopPage.signIn(ann.page(), "ann");
        for (Window each : new Window[] {guest, bob, ann}) {
            // It is in its rooms: what is pushed before that reaches the next page.
            assertThat(each.page().locator("#thanks")).hasAttribute("aria-busy", "false");
        }
        ann.page().getByLabel("Headline").fill("Tea is ready");
        ShopPage.button(ann.page(), "Publish").click();
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

    private static ShopPage atTheShop(String user) {
        return ShopPage.open(browser, "shop", user);
    }
}
