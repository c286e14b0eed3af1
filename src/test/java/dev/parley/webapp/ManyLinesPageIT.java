package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.parley.client.ChatClient;
import dev.parley.client.ClientOptions;
import dev.parley.message.Body;
import dev.parley.message.RoomName;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The page draws less than it has, and nobody sees that. */
class ManyLinesPageIT extends PageSetting {
    /** No frame is drawn, and no timer takes its place, before the test says so. */
    private static final String STILL = Lines.ENTRIES_IN + """
            {
              const frame = window.requestAnimationFrame;
              const timer = window.setTimeout;
              const waiting = [];
              let isStill = false;
              const Plain = WebSocket;
              window.heard = 0;
              window.WebSocket = class extends Plain {
                constructor(...address) {
                  super(...address);
                  this.addEventListener("message", ({ data }) => (window.heard += entriesIn(data)));
                }
              };
              window.still = () => (isStill = true);
              window.move = () => {
                isStill = false;
                for (const act of waiting.splice(0)) act();
              };
              window.requestAnimationFrame = (act) => (isStill ? -waiting.push(act) : frame(act));
              window.setTimeout = (act, ms, ...more) => (isStill && ms === 250 ? -waiting.push(act) : timer(act, ms, ...more));
            }""";

    /** How high the list is, and how high it would be if all of it were laid out anew. */
    private static final String HEIGHTS = """
            log => {
              const list = log.querySelector("[role=list]");
              const shown = list.getBoundingClientRect().height;
              const blocks = [...list.children];
              const settled = blocks.filter((block) => block.classList.contains("settled"));
              for (const block of settled) block.classList.remove("settled");
              const whole = list.getBoundingClientRect().height;
              for (const block of settled) block.classList.add("settled");
              return [Math.round(shown), Math.round(whole), settled.length];
            }""";

    /** What is in the middle of the view, once that is well above the end. */
    private static final String IN_THE_MIDDLE = """
            () => {
              const log = document.querySelector("parley-transcript:not([hidden])");
              const { left, top, height } = log.getBoundingClientRect();
              if (log.scrollHeight - log.scrollTop - log.clientHeight < 200) return;
              return document.elementFromPoint(left + 200, top + height / 2).closest("li")?.dataset.seq;
            }""";

    private static final String SETTLED = "() => document.querySelectorAll('.block:not(.settled)').length === 1";

    @InEachBrowser
    void nothingIsMissingWhereMoreComesThanIsDrawn() {
        String room = unique("room");
        Visitor ann = visitor("ann", Browser.Screen.DESKTOP, STILL);
        ann.joins(room);
        Page page = ann.window().page();
        page.evaluate("still()");
        say(room, 2_300);
        await(page, "() => heard === 2300");
        assertThat(ann.lines()).hasCount(0);
        page.evaluate("move()");
        assertThat(ann.lines().last()).hasAttribute("data-seq", "2300");
        assertThat(ann.lines().last()).isInViewport();
        List<?> shown = Lines.seqs(ann);
        Lines.assertFollow(shown);
        int first = Integer.parseInt(shown.get(0).toString());
        assertThat(first).isGreaterThan(1_000);

        // What made room is in the log.
        ann.log().evaluate("log => log.scrollTo(0, 300)");
        assertThat(ann.log().locator("li[data-seq='" + (first - 50) + "']")).hasCount(1);
        Lines.assertFollow(Lines.seqs(ann));
    }

    @InEachBrowser
    void whatIsOutOfViewHasTheHeightThatItHasInView() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Page page = ann.window().page();
        say(room, 600);
        assertThat(ann.lines()).hasCount(600);
        page.waitForFunction(SETTLED);
        assertHeight(ann);

        page.setViewportSize(600, 500);
        page.waitForFunction(SETTLED);
        assertHeight(ann);
        assertThat(ann.lines().last()).isInViewport();

        // It can be found, and is where it was before.
        ann.log().evaluate("log => log.scrollTo(0, 0)");
        assertThat(ann.lines().first()).isInViewport();
        assertThat(ann.lines().nth(300).locator(".text")).containsText("line 301");
        assertHeight(ann);
    }

    @InEachBrowser
    void whoScrollsUpWhileOthersTalkKeepsInViewWhatIsThere() {
        String room = unique("room");
        Visitor ann = visitor("ann", Browser.Screen.DESKTOP, STILL);
        ann.joins(room);
        Page page = ann.window().page();
        say(room, 1_090);
        assertThat(ann.lines().last()).hasAttribute("data-seq", "1090");
        ann.log().hover();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (ChatClient writer = ChatClient.connect(server.chat(), ClientOptions.defaults())) {
            RoomName log = new RoomName(room);
            writer.join(log);
            timer.scheduleAtFixedRate(() -> writer.say(log, "and so on"), 0, 10, TimeUnit.MILLISECONDS);
            page.waitForFunction("() => heard > 1095");
            // It may scroll on after the line is chosen, but not so far that a line from the middle leaves the view.
            page.mouse().wheel(0, -300);
            String seq = page.waitForFunction(IN_THE_MIDDLE).jsonValue().toString();
            page.evaluate("() => (window.before = heard)");
            page.waitForFunction("() => heard > before + 300");
            assertThat(ann.log().locator("li[data-seq='" + seq + "']")).isInViewport();
        } finally {
            timer.shutdownNow();
        }
    }

    @InEachBrowser
    void aPageThatComesBeforeWhatWaitsIsDrawnLeavesNoGap() {
        String room = unique("room");
        say(room, 100);
        Visitor ann = visitor("ann", Browser.Screen.DESKTOP, STILL);
        ann.joins(room);
        assertThat(ann.lines()).hasCount(50);
        Page page = ann.window().page();
        page.evaluate("heard = 0, still()");
        // Too much of it to keep what is above, but not so much that a page of short lines has no place.
        Lines.say(server.chat(), room, 180, i -> new Body.Text("x ".repeat(7_500)));
        await(page, "() => heard === 180");
        // Where the end is in view.
        page.evaluate("() => document.querySelector('.earlier').click()");
        await(page, "() => !document.querySelector('.earlier').disabled");
        page.evaluate("move()");
        assertThat(ann.lines().last()).hasAttribute("data-seq", "280");
        Lines.assertFollow(Lines.seqs(ann));
    }

    @InEachBrowser
    void whoLooksAtOlderLinesMissesNothingAroundAnOwnOne() {
        String room = unique("room");
        Visitor ann = visitor("ann", Browser.Screen.DESKTOP, STILL);
        ann.joins(room);
        Page page = ann.window().page();
        say(room, 60);
        assertThat(ann.lines()).hasCount(60);
        page.evaluate("still()");
        say(room, 1_000);
        await(page, "() => heard === 1060");
        ann.says("mine");
        ann.log().hover();
        page.mouse().wheel(0, -300);
        assertThat(page.locator("#news")).isVisible();
        say(room, 1_000);
        await(page, "() => heard > 2059");
        page.evaluate("move()");
        Lines.assertFollow(Lines.seqs(ann));

        Locator mine = ann.log().locator("li[data-seq='1061']");
        for (int last = 60;
                mine.count() == 0;
                last = (Integer) Lines.seqs(ann).get(Lines.seqs(ann).size() - 1)) {
            ann.log().evaluate("log => log.scrollTo(0, log.scrollHeight)");
            assertThat(ann.log().locator("li[data-seq='" + (last + 1) + "']")).hasCount(1);
            Lines.assertFollow(Lines.seqs(ann));
        }
        assertThat(mine).hasClass(Pattern.compile(".*\\bown\\b.*"));
    }

    @InEachBrowser
    void aLineThatIsNotStoredKeepsNoneOfTheOthers() {
        String room = unique("room");
        say(room, 1_120);
        Visitor ann = inRoom("ann", room);
        ann.message().fill("x".repeat(70_000));
        ann.button("Send").click();
        Locator failed = ann.log().locator("li:not([data-seq])");
        assertThat(failed.locator(".note")).containsText("longer than the server takes");
        for (int first = 1_071; first > 1; first = (Integer) Lines.seqs(ann).get(0)) {
            ann.log().evaluate("log => log.scrollTo(0, 500)");
            assertThat(ann.log().locator("li[data-seq='" + (first - 1) + "']")).hasCount(1);
        }
        assertThat(ann.lines()).hasCount(1_000);
        assertThat(failed).hasCount(1);
        ann.button("Discard").click();
        assertThat(failed).hasCount(0);
        Lines.assertFollow(Lines.seqs(ann));
    }

    @InEachBrowser
    void ofManyFilesThatComeBeforeTheyAreDrawnAllAreKeptWithoutTheirBytes() {
        String room = unique("room");
        Visitor ann = visitor("ann", Browser.Screen.DESKTOP, STILL);
        ann.joins(room);
        Page page = ann.window().page();
        page.evaluate("still()");
        byte[] content = new byte[400_000];
        RoomName log = new RoomName(room);
        try (ChatClient writer = ChatClient.connect(server.chat(), ClientOptions.defaults())) {
            writer.join(log);
            for (int i = 1; i <= 100; i++) {
                writer.say(log, null, new Body.Attachment("text/plain", i + ".txt", ByteBuffer.wrap(content)))
                        .toCompletableFuture()
                        .join();
                // One after the other: what a slow reader leaves waiting comes from the log.
                await(page, "() => heard === " + i);
            }
        }
        page.evaluate("move()");
        assertThat(ann.lines().last()).hasAttribute("data-seq", "100");
        List<?> shown = Lines.seqs(ann);
        Lines.assertFollow(shown);
        assertThat(shown).hasSize(100);
        assertThat(ann.log().locator("button.file")).hasCount(100);
    }

    /** Waits where no frame is drawn. */
    private static void await(Page page, String condition) {
        page.waitForFunction(condition, null, new Page.WaitForFunctionOptions().setPollingInterval(20));
    }

    private static void assertHeight(Visitor visitor) {
        List<?> heights = (List<?>) visitor.log().evaluate(HEIGHTS);
        assertThat(heights.get(0)).isEqualTo(heights.get(1));
        assertThat((Integer) heights.get(2)).isPositive();
    }

    private static void say(String room, int many) {
        Lines.say(server.chat(), room, many, i -> new Body.Text(("line " + i + "\n").repeat(1 + i % 7)));
    }
}
