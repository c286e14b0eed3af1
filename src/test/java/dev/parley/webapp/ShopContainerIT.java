package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.parley.conformance.Container;
import java.io.File;
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

/** The life of an order in the shop of the examples: from the depot to the customer, with the desk of the clerks. */
@ArquillianTest
@RunAsClient
@Timeout(120)
class ShopContainerIT {
    /** A shop of its own in a database that may have those of other runs. */
    private static final String PATH = "teapots-" + Long.toString(System.currentTimeMillis(), 36);

    private static final String PASSWORD = "parley";

    private static Browser browser;

    @Deployment(testable = false)
    static WebArchive shop() {
        return ShrinkWrap.create(ZipImporter.class, PATH + ".war")
                .importFrom(new File("target/examples/shop/target/shop.war"))
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

    /** One story, because the steps need each other. Ann's order is shipped while she is away. */
    @Test
    void anOrderGoesFromTheDepotToItsCustomer() {
        Window deskWindow = at("desk.html", "clerk");
        Page desk = deskWindow.page();
        assertThat(desk.locator("#waiting li"))
                .hasText(new String[] {"Order 1: tea pot", "Order 2: tea pot", "Order 3: golden cup"});
        Page clerk = at("orders.html", "clerk").page();
        clerk.locator("#order-1 .ship").click();
        assertThat(desk.locator("#waiting li")).hasText(new String[] {"Order 2: tea pot", "Order 3: golden cup"});

        Window annWindow = at("orders.html", "ann");
        Page ann = annWindow.page();
        Locator toasts = ann.locator("#toasts li");
        assertThat(toasts).hasText(new String[] {"On its way"});
        assertThat(Axe.violations(ann)).isEmpty();
        annWindow.picture("example-shop-toast");
        ann.reload();
        assertThat(toasts).hasText(new String[] {"On its way"});
        ann.getByText("Got it").click();
        assertThat(toasts).hasCount(0);
        ann.reload();
        assertThat(ann.locator("#order-1 .state")).hasText("On its way");
        assertThat(toasts).hasCount(0);

        ann.locator("#order-1").getByLabel("Write to the shop").fill("Thank you");
        ann.locator("#order-1").getByText("Send").click();
        deliver(desk, "2", "Too early");
        assertThat(desk.locator("#problem")).hasText("Order 2 is not on its way.");
        deliver(desk, "1", "Your neighbour has it.");
        assertThat(ann.locator("#order-1 li")).hasText(new String[] {
            "ShopThe tea pot is on its way.",
            "annThank you",
            "clerkYour neighbour has it.",
            "ShopThe order has arrived."
        });
        assertThat(ann.locator("#order-1 .state")).hasText("Delivered");
        assertThat(ann.locator("#order-1 form")).isHidden();
        assertThat(ann.locator("#order-3 form")).isVisible();
        assertThat(says(ann, "order-1", "'One more thing'"))
                .startsWith("forbidden: ")
                .contains("This order has arrived.");
        // The note is the clerk's, and has waited for the commit, as the news has.
        assertThat((String) ann.evaluate("""
                async () => {
                  const { ParleyClient } = await import("./parley/parley.js");
                  const client = new ParleyClient();
                  await client.connect();
                  const { entries } = await client.join("order-1");
                  client.close();
                  return entries.slice(2).map(({ id, from, caller }) => `${id.split(":")[0]} ${from} ${caller.kind} ${caller.id}`).join();
                }""")).isEqualTo("outbox clerk user clerk,outbox server application server");

        deskWindow.picture("example-shop-desk");
        assertThat(Axe.violations(desk)).isEmpty();
        assertThat(annWindow.complaints()).isEmpty();
        annWindow.picture("example-shop-delivered");
    }

    @Test
    void aMessageIsErasedOnEachPageAndInTheTalk() {
        Page bob = at("orders.html", "bob").page();
        assertThat(says(bob, "order-2", "'My password is sesame'")).isEqualTo("said");
        assertThat(bob.locator("#order-2 li")).hasText(new String[] {"bobMy password is sesame"});
        assertThat(bob.evaluate(
                        "fetch('api/desk/orders/2/talk/1', { method: 'DELETE' }).then(answer => answer.status)"))
                .isEqualTo(403);
        Page clerk = at("orders.html", "clerk").page();
        assertThat((String) clerk.evaluate(
                        "fetch('api/desk/orders/2/talk/1', { method: 'DELETE' }).then(answer => answer.text())"))
                .isEqualTo("{\"count\":1}");
        assertThat(bob.locator("#order-2 li")).hasText(new String[] {"This message was erased."});
        assertThat(says(bob, "order-2", "{ waiting: 7 }")).isEqualTo("forbidden: Please write a text.");
        for (int i = 2; i <= 25; i++) {
            assertThat(says(bob, "order-2", "'text " + i + "'")).isEqualTo("said");
        }
        assertThat((String) bob.evaluate("""
                async () => {
                  const page = async (query) => (await fetch(`api/orders/2/talk${query}`)).json();
                  const newest = await page("");
                  const older = await page(`?before=${newest.first}`);
                  return [newest.texts.length, newest.first, newest.more, older.texts.join(), older.first, older.more].join(" ");
                }""")).isEqualTo("20 6 true text 2,text 3,text 4,text 5 1 false");
    }

    @Test
    void theDeskEndsTheConnectionsOfAPersonAndErasesIt() {
        Page ann = at("orders.html", "ann").page();
        assertThat(says(ann, "order-3", "'I live next to the mill'")).isEqualTo("said");
        Page desk = at("desk.html", "clerk").page();
        assertThat(desk.locator("#connected li").filter(new Locator.FilterOptions().setHasText("ann")))
                .hasCount(1);
        desk.getByText("Disconnect ann").click();
        assertThat(ann.locator("#problem")).hasText("Please sign in again.");
        assertThat(desk.locator("#connected li").filter(new Locator.FilterOptions().setHasText("ann")))
                .hasCount(0);
        assertThat((String) desk.evaluate("""
                async () => {
                  const { count } = await (await fetch("api/desk/people/ann", { method: "DELETE" })).json();
                  const { texts } = await (await fetch("api/orders/3/talk")).json();
                  return `${count > 0} ${texts.join()}`;
                }""")).isEqualTo("true ");
    }

    private static void deliver(Page desk, String order, String note) {
        desk.getByLabel("Order", new Page.GetByLabelOptions().setExact(true)).fill(order);
        desk.getByLabel("Note").fill(note);
        desk.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Delivered"))
                .click();
    }

    /** Says something over a connection of its own. @return said, or the error */
    private static String says(Page page, String room, String content) {
        return (String) page.evaluate("""
                async () => {
                  const { ParleyClient } = await import("./parley/parley.js");
                  const client = new ParleyClient();
                  await client.connect();
                  await client.join("%s");
                  const result = await client.say("%s", %s).then(() => "said", (error) => `${error.code}: ${error.message}`);
                  client.close();
                  return result;
                }""".formatted(room, room, content));
    }

    private static Window at(String document, String user) {
        Window window = browser.visit(Container.page().resolve(PATH + "/" + document));
        Page page = window.page();
        page.getByLabel("User").fill(user);
        page.getByLabel("Password").fill(PASSWORD);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in"))
                .click();
        return window;
    }
}
