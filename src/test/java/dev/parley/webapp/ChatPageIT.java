package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.parley.client.ChatClient;
import dev.parley.client.ClientOptions;
import dev.parley.message.RoomName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What one does in a chat, in a real browser. */
class ChatPageIT extends PageSetting {
    /** With more lines a browser would no longer scroll smoothly. */
    private static final int MOST_SHOWN = 1_000;

    private static final byte[] PICTURE = Base64.getDecoder()
            .decode(
                    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8DwH4QZYAwAR8oH+Rq28akAAAAASUVORK5CYII=");

    @InEachBrowser
    void whatIsSaidIsStoredThenReadByOthers() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Visitor bob = inRoom("bob", room);
        bob.message().pressSequentially("Hel");
        assertThat(ann.window().page().locator("#typing")).hasText(bob.name() + " is typing…");
        ann.says("Hello");
        assertThat(ann.line(ann.name(), "Hello").locator(".note")).hasText("Read by " + bob.name());
    }

    @InEachBrowser
    void roomsCountWhatIsUnreadAndKeepDrafts() {
        String garden = unique("garden");
        String kitchen = unique("kitchen");
        Visitor ann = inRoom("ann", garden);
        Visitor bob = inRoom("bob", garden);
        ann.message().fill("half a thou");
        ann.joinsToo(kitchen);
        assertThat(ann.message()).hasValue("");
        bob.says("one");
        bob.says("two");
        Page page = ann.window().page();
        assertThat(page.locator(".room").filter(new Locator.FilterOptions().setHasText(garden)))
                .containsText("2 new");
        assertThat(page).hasTitle("(2) " + kitchen + " – Parley");
        ann.opens(garden);
        assertThat(ann.message()).hasValue("half a thou");
        assertThat(ann.line(bob.name(), "one")).hasClass(Pattern.compile(".*\\bnew\\b.*"));
        assertThat(page).hasTitle(garden + " – Parley");

        page.getByLabel("Leave " + garden).click();
        assertThat(ann.open()).hasText(kitchen);
        bob.says("three");
        assertThat(page.locator(".room")).hasCount(1);
        page.getByLabel("Leave " + kitchen).click();
        assertThat(ann.button("Join")).isVisible();
    }

    @InEachBrowser
    void thousandsOfLinesComeAsOneScrollsUp() {
        String room = unique("room");
        int many = 1_200;
        RoomName log = new RoomName(room);
        try (ChatClient writer = ChatClient.connect(server.chat(), ClientOptions.defaults())) {
            writer.join(log);
            List<CompletableFuture<?>> said = IntStream.rangeClosed(1, many)
                    .<CompletableFuture<?>>mapToObj(i -> writer.say(log, ("line " + i + "\n").repeat(1 + i % 7))
                            .toCompletableFuture())
                    .toList();
            CompletableFuture.allOf(said.toArray(CompletableFuture[]::new)).join();
        }
        Visitor ann = inRoom("ann", room);
        assertThat(ann.lines().last()).hasAttribute("data-seq", Integer.toString(many));
        assertThat(ann.lines()).hasCount(50);
        int first = many - 49;
        while (first > 1) {
            // What is in view stays there.
            Locator inView = ann.log().locator("li[data-seq='" + (first + 20) + "']");
            ann.log().evaluate("log => log.scrollTo(0, 500)");
            int wasAt = top(inView);
            assertThat(ann.lines().first()).not().hasAttribute("data-seq", Integer.toString(first));
            assertThat(top(inView)).isCloseTo(wasAt, within(1));
            first = contiguous(ann).get(0).intValue();
        }
        assertThat(contiguous(ann)).hasSize(MOST_SHOWN);
        assertThat(ann.lines().last()).hasAttribute("data-seq", Integer.toString(MOST_SHOWN));

        // And down again, while someone goes on talking.
        Visitor bob = inRoom("bob", room);
        bob.says("meanwhile");
        for (int last = MOST_SHOWN;
                last <= many;
                last = contiguous(ann).get(MOST_SHOWN - 1).intValue()) {
            Locator inView = ann.log().locator("li[data-seq='" + (last - 20) + "']");
            ann.log().evaluate("log => log.scrollTo(0, log.scrollHeight - log.clientHeight - 500)");
            int wasAt = top(inView);
            assertThat(ann.lines().last()).not().hasAttribute("data-seq", Integer.toString(last));
            assertThat(top(inView)).isCloseTo(wasAt, within(1));
        }
        ann.hears(bob, "meanwhile");

        ann.log().evaluate("log => log.scrollTo(0, 500)");
        assertThat(ann.lines().first()).not().hasAttribute("data-seq", Integer.toString(many + 2 - MOST_SHOWN));
        bob.says("and again");
        ann.button("2 new ↓").click();
        ann.hears(bob, "and again");
        assertThat(ann.lines().last()).isInViewport();
        assertThat(contiguous(ann)).last().isEqualTo(many + 2L);
    }

    @InEachBrowser
    void filesAreChosenPastedAndDropped() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Visitor bob = inRoom("bob", room);
        Page page = ann.window().page();
        page.locator("input[type=file]").setInputFiles(new FilePayload[] {
            new FilePayload("notes.txt", "text/plain", new byte[300_000]),
            new FilePayload("dot.png", "image/png", PICTURE)
        });
        for (String place : List.of("textarea", "#chat")) {
            page.locator(place).evaluate("""
                    (place, type) => {
                      const data = new DataTransfer();
                      data.items.add(new File(["given"], `${type}.txt`, { type: "text/plain" }));
                      const init = { bubbles: true, cancelable: true };
                      const event = type === "paste"
                        ? new ClipboardEvent(type, { ...init, clipboardData: data })
                        : new DragEvent(type, { ...init, dataTransfer: data });
                      // Firefox gives an event from a script a clipboard that is empty.
                      if (type === "paste") Object.defineProperty(event, "clipboardData", { value: data });
                      place.dispatchEvent(event);
                    }""", place.equals("textarea") ? "paste" : "drop");
        }
        for (String name : List.of("notes.txt", "dot.png", "paste.txt", "drop.txt")) {
            bob.hears(ann, name);
        }
        Locator picture = bob.line(ann.name(), "dot.png").locator("img");
        assertThat(picture).isVisible();
        assertThat(picture.evaluate("img => img.decode().then(() => img.naturalWidth)"))
                .isEqualTo(2);
    }

    /** Of what Firefox saves Playwright learns nothing. */
    @Test
    void aFileIsSavedAsItWas() throws IOException {
        Visitor ann = inRoom("ann", unique("room"));
        byte[] notes = "Grüße\n".repeat(30_000).getBytes(StandardCharsets.UTF_8);
        Page page = ann.window().page();
        page.locator("input[type=file]").setInputFiles(new FilePayload("notes.txt", "text/plain", notes));
        ann.hears(ann, "notes.txt");
        Download download =
                page.waitForDownload(() -> page.getByText("notes.txt").click());
        assertThat(download.suggestedFilename()).isEqualTo("notes.txt");
        assertThat(Files.readAllBytes(download.path())).isEqualTo(notes);
    }

    @InEachBrowser
    void whatIsTooLargeIsRefusedWithASentence() {
        Visitor ann = visitor("ann");
        ann.joins(unique("room"));
        byte[] much = new byte[(1 << 20) + 1];
        ann.window()
                .page()
                .locator("input[type=file]")
                .setInputFiles(new FilePayload("much.bin", "application/octet-stream", much));
        assertThat(ann.window().page().locator("#why")).hasText("much.bin has 1025 KiB; the server takes 1024 KiB.");
        ann.says("x".repeat(60_000));
        ann.message().fill("x".repeat(70_000));
        ann.button("Send").click();
        assertThat(ann.lines().last().locator(".note")).containsText("longer than the server takes");
        ann.button("Discard").click();
        assertThat(ann.lines()).hasCount(1);
    }

    @InEachBrowser
    void nothingOfAMessageIsInterpreted() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Visitor mallory = inRoom("mallory", room);
        List<String> attacks = List.of(
                "<img src=x onerror='window.hacked=1'>",
                "<script>window.hacked=1</script>",
                "<svg/onload=window.hacked=1>",
                "javascript:window.hacked=1",
                "https://example.com/\"onmouseover=window.hacked=1",
                "&lt;b&gt;${window.hacked=1}{{constructor.constructor('window.hacked=1')()}}");
        attacks.forEach(mallory::says);
        String name = "<img src=y onerror='window.hacked=2'>.svg";
        byte[] svg =
                "<svg xmlns='http://www.w3.org/2000/svg' onload='window.hacked=1'/>".getBytes(StandardCharsets.UTF_8);
        mallory.window().page().locator("input[type=file]").setInputFiles(new FilePayload(name, "image/svg+xml", svg));
        ann.hears(mallory, name);
        attacks.forEach(attack -> ann.hears(mallory, attack));

        // The file is fetched now.
        ann.log().locator("button.file").click();
        assertThat(ann.log().locator("a.file")).hasCount(1);
        Page page = ann.window().page();
        assertThat(page.evaluate("window.hacked")).isNull();
        assertThat(ann.log().locator("img, script, svg, iframe, [onerror], [onmouseover]"))
                .hasCount(0);
        List<?> links = (List<?>) ann.log()
                .locator(".text a")
                .evaluateAll(
                        "all => all.map(link => [link.protocol, link.rel, link.pathname, link.download].join(' '))");
        assertThat(links.stream().map(Object::toString))
                .hasSize(2)
                .anyMatch(link -> link.equals("https: noopener noreferrer / "))
                .anyMatch(link -> link.startsWith("blob: ") && link.endsWith(name));
    }

    @InEachBrowser
    void theKeyboardIsEnough() {
        String room = unique("room");
        Visitor ann = visitor("ann");
        Page page = ann.window().page();
        tabTo(page, "Your name");
        page.keyboard().type(ann.name());
        tabTo(page, "Room");
        page.keyboard().press("Control+A");
        page.keyboard().type(room);
        page.keyboard().press("Enter");
        assertThat(ann.message()).isFocused();
        page.keyboard().type("one");
        page.keyboard().press("Shift+Enter");
        page.keyboard().type("two");
        page.keyboard().press("Enter");
        assertThat(ann.line(ann.name(), "one\ntwo")).hasCount(1);
        backTo(page, "Join another room");
        page.keyboard().type(room + "-2");
        page.keyboard().press("Enter");
        assertThat(ann.open()).hasText(room + "-2");
        backTo(page, "Lifecycle");
        page.keyboard().press("Enter");
        assertThat(page.locator("parley-lifecycle")).isVisible();
        tabTo(page, "Sequence of steps");
        page.keyboard().press("Home");
        assertThat(page.getByLabel("Details of the selected step")).isVisible();
        backTo(page, "Lifecycle");
        page.keyboard().press("Enter");
        assertThat(page.locator("parley-lifecycle")).isHidden();
    }

    /** Presses Tab until what has this name is focused. */
    private static void tabTo(Page page, String name) {
        pressUntil(page, "Tab", name);
    }

    /** Goes back to what has this name: behind the last one, Firefox focuses itself. */
    private static void backTo(Page page, String name) {
        pressUntil(page, "Shift+Tab", name);
    }

    private static void pressUntil(Page page, String key, String name) {
        String focused = """
                () => {
                  const at = document.activeElement;
                  return at.ariaLabel ?? at.labels?.[0]?.textContent ?? at.textContent;
                }""";
        List<String> passed = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            page.keyboard().press(key);
            passed.add(page.evaluate(focused).toString().strip());
            if (passed.get(i).equals(name)) {
                return;
            }
        }
        throw new AssertionError(key + " does not lead to " + name + " but to " + passed);
    }

    private static int top(Locator row) {
        return ((Number) row.evaluate("row => row.getBoundingClientRect().top")).intValue();
    }

    /** The numbers of all lines that are shown, of which none is missing. */
    private static List<Long> contiguous(Visitor visitor) {
        List<Long> seqs = ((List<?>) visitor.lines().evaluateAll("all => all.map(row => row.dataset.seq)"))
                .stream().map(seq -> Long.valueOf(seq.toString())).toList();
        long first = seqs.get(0);
        assertThat(seqs)
                .isEqualTo(LongStream.range(first, first + seqs.size()).boxed().toList());
        return seqs;
    }
}
