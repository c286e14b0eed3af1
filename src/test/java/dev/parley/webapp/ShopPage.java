package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.parley.conformance.Container;
import java.io.File;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The orders of a shop, as one signed-in person sees them. For one thread. */
record ShopPage(Window window, AtomicInteger connections) {
    static final String PASSWORD = "parley";

    /** The archive of an example, as its own {@code pom.xml} has built it. */
    static WebArchive example(String folder, String archive, String name) {
        return ShrinkWrap.create(ZipImporter.class, name + ".war")
                .importFrom(new File("target/examples/" + folder + "/target/" + archive + ".war"))
                .as(WebArchive.class);
    }

    /** @param shop its context path without the slash */
    static ShopPage open(Browser browser, String shop, String user) {
        Window window = browser.visit(Container.page().resolve(shop + "/orders.html"));
        AtomicInteger connections = new AtomicInteger();
        window.page().onWebSocket(opened -> connections.incrementAndGet());
        signIn(window.page(), user);
        assertThat(window.page().locator("#who")).hasText(user);
        return new ShopPage(window, connections);
    }

    static void signIn(Page page, String user) {
        page.getByLabel("User").fill(user);
        page.getByLabel("Password").fill(PASSWORD);
        button(page, "Sign in").click();
    }

    static Locator button(Page page, String label) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label).setExact(true));
    }

    Page page() {
        return window.page();
    }

    void ships(int order) {
        page().locator("#order-" + order + " .ship").click();
    }

    void writes(int order, String text) {
        Locator part = page().locator("#order-" + order);
        part.getByLabel("Write to the shop").fill(text);
        part.getByText("Send").click();
    }

    void seesState(int order, String state) {
        assertThat(page().locator("#order-" + order + " .state")).hasText(state);
    }

    /** Each line is a name and a text. */
    void seesLines(int order, String... lines) {
        assertThat(page().locator("#order-" + order + " li")).hasText(lines);
    }

    void seesProblem(String sentence) {
        assertThat(page().locator("#problem")).hasText(sentence);
    }

    /** The ids of all entries in the room of an order, with commas between them, as another connection reads them. */
    String ids(int order) {
        return (String) page().evaluate("""
                async (room) => {
                  const { ParleyClient } = await import("./parley/parley.js");
                  const client = new ParleyClient();
                  await client.connect();
                  const { entries } = await client.join(room);
                  client.close();
                  return entries.map(({ id }) => id).join();
                }""", "order-" + order);
    }
}
