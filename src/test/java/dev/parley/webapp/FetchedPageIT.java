package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page gets the bytes of attachments apart from their entries: of a picture when it is in view, of any other file on a click. */
class FetchedPageIT extends PageSetting {
    private static final int PICTURES = 30;

    /** Counts what the page fetches, how much of it at once, and the addresses of files that it holds. */
    private static final String COUNTING = """
            window.fetched = 0;
            window.held = 0;
            window.most = 0;
            let waiting = 0;
            window.WebSocket = class extends WebSocket {
              constructor(...given) {
                super(...given);
                // Before the page, which may fetch the next one at once.
                this.addEventListener("message", ({ data }) => typeof data === "string" || waiting--);
              }
              send(data) {
                if (typeof data === "string" && data.includes('"type":"fetch"')) {
                  fetched++;
                  most = Math.max(most, ++waiting);
                }
                super.send(data);
              }
            };
            const [create, revoke] = [URL.createObjectURL, URL.revokeObjectURL];
            URL.createObjectURL = (blob) => (held++, create(blob));
            URL.revokeObjectURL = (url) => (held--, revoke(url));""";

    private static byte[] picture() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(30, 20, BufferedImage.TYPE_BYTE_BINARY), "png", bytes);
        return bytes.toByteArray();
    }

    private static void says(Person person, String room, String media, String name, byte[] content) {
        assertThat(person.saysBytes(content, Map.of("room", room, "media", media, "name", name))
                        .getString("type"))
                .isEqualTo("said");
    }

    private Visitor counting(String name) {
        Visitor visitor = visitor(name);
        visitor.window().page().addInitScript(COUNTING);
        visitor.window().page().reload();
        return visitor;
    }

    private static int count(Visitor visitor, String what) {
        return (Integer) visitor.window().page().evaluate(what);
    }

    @InEachBrowser
    void picturesAreFetchedWhenTheyComeIntoViewAFewAtATime() throws IOException {
        String room = unique("room");
        try (Person bob = Person.at(server.chat())) {
            bob.joins(room);
            for (int i = 1; i <= PICTURES; i++) {
                says(bob, room, "image/png", "picture-" + i + ".png", picture());
            }
            Visitor ann = counting("ann");
            ann.joins(room);
            assertThat(ann.lines()).hasCount(PICTURES);
            Locator last = ann.lines().last().locator("img");
            assertThat(last).isVisible();
            assertThat(last.evaluate("img => img.decode().then(() => img.naturalWidth)"))
                    .isEqualTo(30);
            Locator first = ann.lines().first();
            assertThat(first).containsText("picture-1.png");
            assertThat(first.locator("img")).hasCount(0);
            assertThat(count(ann, "fetched")).isBetween(1, PICTURES - 1);

            first.scrollIntoViewIfNeeded();
            assertThat(first.locator("img")).isVisible();
            assertThat(count(ann, "most")).isLessThanOrEqualTo(3);
            assertThat(count(ann, "held")).isEqualTo(ann.lines().locator("img").count());

            // Out of the room, nothing is held any more.
            ann.window().page().getByLabel("Leave " + room).click();
            ann.window().page().waitForFunction("held === 0");
        }
    }

    /** Rejects the first fetches in place of the server. */
    private static final String TROUBLED = """
            window.refusals = 4;
            window.WebSocket = class extends WebSocket {
              send(data) {
                if (refusals === 0 || typeof data !== "string" || !data.includes('"type":"fetch"')) return super.send(data);
                for (const message of [JSON.parse(data)].flat()) {
                  if (message.type !== "fetch" || refusals === 0) {
                    super.send(JSON.stringify(message));
                  } else {
                    refusals--;
                    const error = { type: "error", ref: message.ref, code: "tooFast", message: "later" };
                    setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data: JSON.stringify(error) })));
                  }
                }
              }
            };""";

    @Test
    void picturesThatTheServerRejectsForTheRateAreFetchedLaterByThemselves() throws IOException {
        String room = unique("room");
        try (Person bob = Person.at(server.chat())) {
            bob.joins(room);
            for (int i = 1; i <= 3; i++) {
                says(bob, room, "image/png", "picture-" + i + ".png", picture());
            }
            Visitor ann = visitor("ann");
            ann.window().page().addInitScript(TROUBLED);
            ann.window().page().reload();
            ann.joins(room);
            assertThat(ann.lines().locator("img")).hasCount(3);
            assertThat(count(ann, "refusals")).isZero();
        }
    }

    @Test
    void aFileIsShownWithItsSizeAndSavedWhenAPersonWantsIt() throws IOException {
        String room = unique("room");
        byte[] content = new byte[300_000];
        new Random(5).nextBytes(content);
        try (Person bob = Person.at(server.chat())) {
            bob.joins(room);
            says(bob, room, "text/plain", "notes.txt", content);
            Visitor ann = counting("ann");
            ann.joins(room);
            assertThat(ann.line(bob.name(), "notes.txt")).containsText("293 KiB");
            assertThat(count(ann, "fetched")).isZero();
            Page page = ann.window().page();
            for (int i = 0; i < 2; i++) {
                Download download =
                        page.waitForDownload(() -> page.getByText("notes.txt").click());
                assertThat(download.suggestedFilename()).isEqualTo("notes.txt");
                assertThat(Files.readAllBytes(download.path())).isEqualTo(content);
            }
            // In two parts, once.
            assertThat(count(ann, "fetched")).isEqualTo(2);
        }
    }

    @Test
    void aFileWhoseBytesAreNotKeptAnyMoreIsNamedAndCannotBeFetched(@TempDir Path data) throws SQLException {
        Map<String, String> settings = Map.of("parley.data", data.toString());
        try (ServerProcess before = ServerProcess.start(settings);
                Person bob = Person.at(before.chat())) {
            bob.joins("garden");
            says(bob, "garden", "image/png", "rose.png", new byte[5]);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("parley.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "update entry set at = at - " + Duration.ofDays(4).toMillis());
        }
        Map<String, String> shortly = Map.of("parley.data", data.toString(), "parley.keep", "*: attachments 3 days");
        try (ServerProcess after = ServerProcess.start(shortly);
                Person apart = Person.at(after.chat(), Map.of("attachments", "apart"))) {
            await().until(() -> Messages.entries(apart.asksForHistory("garden", Map.of()))
                    .get(0)
                    .containsKey("expired"));
            Window window = browser.visit(after.page());
            Visitor ann = new Visitor(window, unique("ann"));
            ann.joins("garden");
            Locator line = ann.lines().first();
            assertThat(line).containsText("rose.png, 5 B, not kept any more");
            assertThat(line.locator("img, a, button")).hasCount(0);
            assertThat(window.complaints()).isEmpty();
            window.page().context().close();
        }
    }
}
