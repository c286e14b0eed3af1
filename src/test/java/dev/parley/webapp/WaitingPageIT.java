package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import dev.parley.testing.Person;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What waits on the page while there is no way to the server. */
class WaitingPageIT extends PageSetting {
    /**
     * The way to the server can be cut, over a reload too, and the two minutes in which a request has its answer are a
     * second, which is counted.
     */
    private static final String CUTTABLE = """
            {
              const Plain = WebSocket;
              const sockets = [];
              window.WebSocket = class extends Plain {
                constructor(url, ...more) {
                  super(sessionStorage.getItem("test.cut") ? new URL("/nowhere", url) : url, ...more);
                  sockets.push(this);
                }
              };
              window.cut = () => {
                sessionStorage.setItem("test.cut", "yes");
                for (const socket of sockets) if (socket.readyState === 1) socket.close(4000);
              };
              window.mend = () => sessionStorage.removeItem("test.cut");
              // The browser's database opens when the test says so.
              const open = IDBFactory.prototype.open;
              const opened = sessionStorage.getItem("test.slow") ? new Promise((resolve) => (window.openDatabase = resolve)) : Promise.resolve();
              IDBFactory.prototype.open = function (...which) {
                const request = open.apply(this, which);
                Object.defineProperty(request, "onsuccess", {
                  set: (act) => request.addEventListener("success", () => opened.then(act)),
                });
                return request;
              };
              window.late = new Promise((resolve) => (window.onlate = resolve));
              const plain = setTimeout;
              window.setTimeout = (act, ms, ...more) =>
                ms === 120_000 ? plain(() => (onlate(), act(...more)), 1_000) : plain(act, ms, ...more);
            }""";

    private Visitor ann;

    @AfterEach
    void close() {
        ann.window().page().context().close();
    }

    @InEachBrowser
    void whatWaitsForMoreThanTwoMinutesKeepsItsPlace() {
        Page page = cutOff();
        say("first");
        page.evaluate("() => late");
        say("second");
        page.evaluate("mend()");
        assertStored("first", "second");
    }

    @InEachBrowser
    void whatWaitsSurvivesAReloadInItsOrder() {
        Page page = cutOff();
        say("first");
        page.locator("input[type=file]").setInputFiles(new FilePayload("second.txt", "text/plain", new byte[9_000]));
        assertThat(ann.lines()).hasCount(2);
        say("third");
        assertFilesKept(1);
        page.reload();
        page.evaluate("mend()");
        assertStored("first", "second.txt", "third");
        // It is said once, not at each reload.
        page.reload();
        say("fourth");
        assertStored("first", "second.txt", "third", "fourth");
    }

    @InEachBrowser
    void whatIsSaidBeforeTheFilesAreReadComesAfterThem() {
        Page page = reloadedWithAFileThatIsNotReadYet();
        page.evaluate("cut()");
        say("third");
        // Neither now nor later does a reload lose any of it.
        page.reload();
        page.evaluate("mend()");
        assertThat(ann.message()).isVisible();
        page.evaluate("cut()");
        say("fourth");
        page.evaluate("() => openDatabase()");
        assertThat(ann.lines()).hasCount(4);
        page.evaluate("sessionStorage.removeItem('test.slow')");
        page.reload();
        page.evaluate("mend()");
        assertStored("first", "second.txt", "third", "fourth");
    }

    @InEachBrowser
    void whatWaitedInARoomThatIsLeftBeforeTheFilesAreReadIsNotSaid() {
        Page page = reloadedWithAFileThatIsNotReadYet();
        String room = ann.open().textContent().strip();
        ann.joinsToo(unique("kitchen"));
        page.getByLabel("Leave " + room).click();
        page.evaluate("() => openDatabase()");
        assertFilesKept(0);
        ann.joinsToo(room);
        page.reload();
        ann.says("fourth");
        assertStored("fourth");
    }

    @InEachBrowser
    void whatWaitsCanBeTakenBack() {
        Page page = cutOff();
        page.locator("input[type=file]").setInputFiles(new FilePayload[] {
            new FilePayload("one.txt", "text/plain", new byte[9]),
            new FilePayload("two.txt", "text/plain", new byte[9]),
            new FilePayload("three.txt", "text/plain", new byte[9])
        });
        say("four");
        for (String taken : List.of("one.txt", "three.txt")) {
            ann.line(ann.name(), taken).getByText("Cancel").click();
            assertThat(ann.line(ann.name(), taken)).hasCount(0);
        }
        page.evaluate("mend()");
        assertStored("two.txt", "four");
    }

    @InEachBrowser
    void theFocusStaysOnWhatWaitsWhileOthersTalk() {
        Page page = cutOff();
        say("first");
        ann.message().fill("x".repeat(70_000));
        ann.button("Send").click();
        say("third");
        page.evaluate("mend()");
        Locator failed = ann.lines().filter(new Locator.FilterOptions().setHas(ann.button("Discard")));
        assertThat(failed).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
        assertThat(ann.log().locator("li[data-seq]")).hasCount(2);
        ann.button("Discard").focus();
        try (Person bob = Person.at(server.chat())) {
            bob.joins(ann.open().textContent().strip());
            for (int i = 1; i <= 100; i++) {
                bob.says("and so on");
            }
            assertThat(ann.lines()).hasCount(103);
        }
        assertThat(ann.button("Discard")).isFocused();
        assertThat(ann.lines().last().locator("button").last()).isFocused();
    }

    /** A text and a file wait, and the browser's database opens later. */
    private Page reloadedWithAFileThatIsNotReadYet() {
        Page page = cutOff();
        say("first");
        page.locator("input[type=file]").setInputFiles(new FilePayload("second.txt", "text/plain", new byte[9_000]));
        assertThat(ann.lines()).hasCount(2);
        assertFilesKept(1);
        page.evaluate("sessionStorage.setItem('test.slow', 'yes')");
        page.reload();
        page.evaluate("mend()");
        assertThat(ann.message()).isVisible();
        return page;
    }

    /** Waits until the browser's database has so many files. */
    private void assertFilesKept(int many) {
        ann.window().page().evaluate("""
                async (many) => {
                  const done = (request) => new Promise((resolve) => request.addEventListener("success", () => resolve(request.result)));
                  const database = await done(indexedDB.open("parley"));
                  while ((await done(database.transaction("unsent").objectStore("unsent").count())) !== many);
                  database.close();
                }""", many);
    }

    private Page cutOff() {
        // The console tells of each try that fails.
        ann = new Visitor(browser.visit(server.page(), Browser.Screen.DESKTOP, CUTTABLE), unique("ann"));
        ann.joins(unique("room"));
        Page page = ann.window().page();
        page.evaluate("cut()");
        assertThat(page.locator("parley-pill")).not().hasAttribute("data-state", "OPEN");
        return page;
    }

    private void say(String text) {
        ann.message().fill(text);
        ann.button("Send").click();
        assertThat(ann.line(ann.name(), text)).hasCount(1);
    }

    /** In this order, and nothing else. */
    private void assertStored(String... texts) {
        Locator stored = ann.log().locator("li[data-seq]");
        assertThat(stored).hasCount(texts.length, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
        assertThat(stored.locator(".text").allTextContents())
                .zipSatisfy(List.of(texts), (shown, text) -> assertThat(shown).contains(text));
        assertThat(ann.lines()).hasCount(texts.length);
    }
}
