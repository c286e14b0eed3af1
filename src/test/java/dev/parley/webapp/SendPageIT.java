package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import dev.parley.testing.ServerProcess;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of messages and files on their way from the page to the server. */
class SendPageIT extends PageSetting {
    private static final int LIMIT = 1 << 20;

    /** A program that uses the page's client, as anyone's page may. */
    private static final String SENDING_SHAPES = """
            async (room) => {
              const { ParleyClient } = await import(new URL("parley.js", location.href).href);
              const client = new ParleyClient();
              await client.connect();
              await client.join(room);
              const shapes = ["abc 123", new Blob(["ab", new Uint8Array([0])]), new Uint8Array([4, 5]).buffer, Uint16Array.from([1, 258]), [1, 2]];
              const results = [];
              for (const content of shapes) {
                const heard = new Promise((resolve) => client.addEventListener("entry", resolve, { once: true }));
                try {
                  await client.send(room, { media: "x/y", content });
                  results.push([...(await heard).detail.content].join());
                } catch (error) {
                  results.push(error.name);
                }
              }
              client.close();
              return results;
            }""";

    /** Counts what the page says about how far it has read, and for how many seconds it does so. */
    private static final String COUNTING_MARKS = """
            const send = WebSocket.prototype.send;
            window.marks = [];
            WebSocket.prototype.send = function (data) {
              if (typeof data === "string" && data.includes('"type":"read"')) marks.push(performance.now());
              return send.call(this, data);
            };""";

    @InEachBrowser
    void tenFilesAtOnceArriveInTheirOrder() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Visitor bob = inRoom("bob", room);
        List<String> names =
                IntStream.range(0, 10).mapToObj(i -> "part-" + i + ".bin").toList();
        pick(
                ann,
                names.stream()
                        .map(name -> new FilePayload(name, "application/octet-stream", new byte[900 << 10]))
                        .toArray(FilePayload[]::new));
        ann.message().fill("That was all");
        ann.button("Send").click();
        bob.hears(ann, "That was all");
        assertThat(bob.lines()).hasCount(11);
        assertThat(bob.lines().locator(".file").allTextContents()).isEqualTo(names);
        assertThat(ann.lines().locator(".failed")).hasCount(0);
    }

    @InEachBrowser
    void aFileOfExactlyTheLimitArrives() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Visitor bob = inRoom("bob", room);
        pick(ann, new FilePayload("just.bin", "application/octet-stream", new byte[LIMIT]));
        bob.hears(ann, "just.bin");
        assertThat(bob.line(ann.name(), "just.bin")).containsText("1024 KiB");
    }

    @Test
    void aFileMayBeAsLargeAsTheServerTakes() {
        try (ServerProcess generous = ServerProcess.start(Map.of("parley.limit.binary", "8388608"))) {
            Window window = browser.visit(generous.page());
            Visitor ann = new Visitor(window, unique("ann"));
            ann.joins("large");
            pick(ann, new FilePayload("large.bin", "application/octet-stream", new byte[8 << 20]));
            ann.hears(ann, "large.bin");
            pick(ann, new FilePayload("larger.bin", "application/octet-stream", new byte[(8 << 20) + 1]));
            assertThat(window.page().locator("#why")).hasText("larger.bin has 8193 KiB; the server takes 8192 KiB.");
            window.page().context().close();
        }
    }

    @Test
    void aFileTooManyIsKeptWithTheReasonAndTextsGoOn() {
        try (ServerProcess strict = ServerProcess.start(Map.of("parley.quota.attachments", "1"))) {
            Visitor ann = new Visitor(browser.visit(strict.page()), unique("ann"));
            ann.joins(unique("room"));
            for (String name : List.of("first.bin", "second.bin")) {
                pick(ann, new FilePayload(name, "application/octet-stream", new byte[10]));
            }
            Locator failed = ann.window().page().locator(".note.failed");
            assertThat(failed)
                    .containsText("Not sent: you may send 1 file in a day. This is possible again in 24 hours");
            ann.says("A text is no file");
            assertThat(failed).hasCount(1);
            ann.window().page().context().close();
        }
    }

    @InEachBrowser
    void aPictureThatIsTooLargeIsSentSmallerWhereOneWants() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Visitor bob = inRoom("bob", room);
        Page page = ann.window().page();
        page.locator("#chat").evaluate("""
                async (place) => {
                  const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 900 });
                  const context = canvas.getContext("2d");
                  const noise = context.createImageData(900, 900);
                  for (let i = 0; i < noise.data.length; i++) noise.data[i] = i % 4 === 3 ? 255 : Math.random() * 256;
                  context.putImageData(noise, 0, 0);
                  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
                  const data = new DataTransfer();
                  data.items.add(new File([blob], "noise.png", { type: "image/png" }));
                  place.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
                }""");
        assertThat(page.locator("#why")).containsText("noise.png has ");
        assertThat(page.locator("#why")).containsText("; the server takes 1024 KiB.");
        assertThat(ann.lines()).hasCount(0);
        ann.button("Send smaller").click();
        bob.hears(ann, "noise.");
        assertThat(bob.line(ann.name(), "noise.").locator("img")).isVisible();
        assertThat(page.locator("#notice")).isHidden();
    }

    /** Spreadsheets and word processors give a picture of what is copied, too. */
    @InEachBrowser
    void textThatComesWithItsPictureIsText() {
        Visitor ann = inRoom("ann", unique("room"));
        assertThat(isTaken(ann, "a\tb\n1\t2")).isFalse();
        ann.says("Nothing went ahead of this");
        assertThat(ann.lines()).hasCount(1);
        // A file manager gives the name of a file along with it.
        assertThat(isTaken(ann, "image.png")).isTrue();
        ann.hears(ann, "image.png");
    }

    @InEachBrowser
    void aScriptSendsBytesInAnyShapeOfTheWeb() {
        Visitor ann = visitor("ann");
        Object results = ann.window().page().evaluate(SENDING_SHAPES, unique("room"));
        assertThat(results).isEqualTo(List.of("97,98,99,32,49,50,51", "97,98,0", "4,5", "1,0,2,1", "TypeError"));
    }

    @InEachBrowser
    void inALivelyRoomHowFarOneHasReadIsSaidOnceASecond() {
        String room = unique("room");
        Visitor ann = visitor("ann", Browser.Screen.DESKTOP, COUNTING_MARKS);
        ann.joins(room);
        Page page = ann.window().page();
        Object before = page.evaluate("performance.now()");
        visitor("bob").window().page().evaluate("""
                async (room) => {
                  const { ParleyClient } = await import(new URL("parley.js", location.href).href);
                  const client = new ParleyClient();
                  await client.connect();
                  await client.join(room);
                  for (let i = 0; i < 400; i++) await client.say(room, `line ${i}`);
                  client.close();
                }""", room);
        assertThat(ann.log().locator("[data-seq='400']")).hasCount(1);
        ann.says("And I got a word in");
        Number seconds = (Number) page.evaluate("before => (performance.now() - before) / 1000", before);
        Number marks = (Number) page.evaluate("marks.length");
        assertThat(marks.doubleValue()).isBetween(1.0, 2 + seconds.doubleValue());
    }

    private static void pick(Visitor visitor, FilePayload... files) {
        visitor.window().page().locator("input[type=file]").setInputFiles(files);
    }

    /** Pastes a picture with this text. @return whether the page took it in place of the text field */
    private static boolean isTaken(Visitor visitor, String text) {
        return (boolean) visitor.message().evaluate("""
                (place, text) => {
                  const data = new DataTransfer();
                  data.setData("text/plain", text);
                  const picture = document.createElement("canvas").toDataURL();
                  const bytes = Uint8Array.from(atob(picture.split(",")[1]), (c) => c.charCodeAt(0));
                  data.items.add(new File([bytes], "image.png", { type: "image/png" }));
                  const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data });
                  // Firefox gives an event from a script a clipboard that is empty.
                  Object.defineProperty(event, "clipboardData", { value: data });
                  place.dispatchEvent(event);
                  return event.defaultPrevented;
                }""", text);
    }
}
