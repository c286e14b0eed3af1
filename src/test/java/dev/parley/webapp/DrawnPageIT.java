package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import dev.parley.cli.load.Crowd;
import dev.parley.cli.load.Onlooker;
import dev.parley.message.RoomName;
import dev.parley.testing.Person;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;

/** Whatever comes is drawn, or a line says that it can't be; and nothing of it changes what is around it. */
class DrawnPageIT extends PageSetting {
    private static final String ARABIC = "مرحبا";

    @InEachBrowser
    void aTextOfManyBracketsIsShownAndSoIsWhatFollows() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        String text = "http://a/" + ")".repeat(65_000) + "x";
        try (Person bob = Person.at(server.chat(), Map.of("name", "bob"))) {
            bob.joins(room);
            bob.says(text);
            bob.says("after");

            assertThat(ann.lines()).hasCount(2);
            assertThat(ann.lines().first().locator(".text")).hasText(text);
            assertThat(ann.lines().first().locator("a")).hasText("http://a/");
            assertThat(ann.lines().last().locator(".text")).hasText("after");
        }
    }

    @InEachBrowser
    void aLineThatCannotBeDrawnSaysSoAndTheNextIsShown() throws IOException {
        String room = unique("room");
        Visitor bob = inRoom("bob", room);
        // Its console tells of the error.
        Window window = browser.visit(server.page());
        Visitor ann = new Visitor(window, unique("ann"));
        ann.joins(room);
        window.page().evaluate("() => { URL.createObjectURL = () => { throw new Error('no room for it'); }; }");
        files(bob, new FilePayload("notes.png", "image/png", picture(30, 20)));
        bob.hears(bob, "notes.png");
        bob.says("after");

        ann.hears(bob, "after");
        assertThat(ann.lines().first().locator(".text")).hasText("This message can't be shown.");
        assertThat(window.complaints()).anyMatch(complaint -> complaint.contains("no room for it"));
    }

    @InEachBrowser
    void dataIsFoldedJson() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        try (Person bob = Person.at(server.chat(), Map.of("name", "bob"))) {
            bob.joins(room);
            bob.asks("say", Map.of("kind", "<b>Order</b>", "data", Map.of("to", "<img src=x onerror=alert(1)>")));
            bob.asks("say", Map.of("data", "x".repeat(30_000)));

            assertThat(ann.lines()).hasCount(2);
            Locator order = ann.lines().first();
            assertThat(order.locator("summary")).hasText("<b>Order</b>");
            assertThat(order.locator("pre")).isHidden();
            order.locator("summary").click();
            assertThat(order.locator("pre")).hasText("{\n  \"to\": \"<img src=x onerror=alert(1)>\"\n}");
            assertThat(order.locator("b, img")).hasCount(0);
            Locator large = ann.lines().last();
            large.locator("summary").click();
            assertThat(large.locator("pre")).containsText("… (30002 characters)");
        }
    }

    @InEachBrowser
    void fiftyLinksOfALineAreLinks() {
        Visitor ann = inRoom("ann", unique("room"));
        ann.says("http://a.example/b_(c) ".repeat(120));
        assertThat(ann.lines().locator("a")).hasCount(50);
        assertThat(ann.lines().locator("a").last()).hasAttribute("href", "http://a.example/b_(c)");
    }

    @InEachBrowser
    void aPictureOfManyPixelsIsShownWhenAskedFor() throws IOException {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Visitor bob = inRoom("bob", room);
        files(bob, new FilePayload("small.png", "image/png", picture(300, 200)));
        bob.hears(bob, "small.png");
        files(bob, new FilePayload("wide.png", "image/png", picture(3_000, 2_000)));

        ann.hears(bob, "wide.png");
        Locator wide = ann.line(bob.name(), "wide.png");
        assertThat(ann.line(bob.name(), "small.png").locator("img")).isVisible();
        assertThat(wide.locator(".about")).containsText("3000 × 2000");
        assertThat(wide.locator("img")).hasCount(0);
        ann.button("Show the picture").click();
        assertThat(wide.locator("img").evaluate("img => img.decode().then(() => img.naturalWidth)"))
                .isEqualTo(3_000);
    }

    @InEachBrowser
    void whatIsNoPictureIsNotDecodedUnasked() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Visitor bob = inRoom("bob", room);
        files(bob, new FilePayload("photo\u202egnp.exe", "image/png", new byte[60]));
        Locator line = ann.line(bob.name(), "photognp.exe");
        assertThat(line.locator("a")).hasAttribute("download", "photognp.exe");
        assertThat(line.locator("img")).hasCount(0);
    }

    @InEachBrowser
    void whatIsWrittenFromRightToLeftTurnsNothingElseAround() {
        String room = unique("room");
        // A name is of one script.
        Visitor ann = new Visitor(visitor("ann").window(), ARABIC + Math.abs(room.hashCode()));
        ann.joins(room);
        Visitor bob = inRoom("bob", room);
        ann.says(ARABIC + "\nhello");
        bob.message().pressSequentially("x");

        assertThat(bob.lines().first().locator(".text")).hasCSS("direction", "rtl");
        assertThat(bob.lines().first().locator(".who bdi")).hasText(ann.name());
        assertThat(bob.window().page().locator("#members bdi").filter(named(ann.name())))
                .hasCount(1);
        assertThat(ann.window().page().locator("#typing bdi")).hasText(bob.name());
        assertThat(ann.lines().first().locator(".note bdi")).hasText(bob.name());
        assertThat(ann.open().locator("bdi")).hasText(room);
        // Each paragraph begins at its own side.
        assertThat(bob.lines().first().locator(".text").evaluate("""
                text => {
                  const [first, second] = [0, text.textContent.length - 1].map(at => {
                    const range = document.createRange();
                    range.setStart(text.firstChild, at);
                    range.setEnd(text.firstChild, at + 1);
                    return range.getBoundingClientRect();
                  });
                  return first.left > second.right;
                }""")).isEqualTo(true);
    }

    @InEachBrowser
    void ofACrowdTwoHundredAreNamed() {
        String room = unique("room");
        Visitor ann = inRoom("zoe", room);
        try (Crowd crowd = new Crowd(server.chat(), new RoomName(room))) {
            for (int i = 0; i < 230; i++) {
                crowd.enter(null, Onlooker.Reading.FAST, null);
            }
            Locator members = ann.window().page().locator("#members li");
            assertThat(ann.window().page().locator("#here")).hasText("231 here");
            assertThat(members).hasCount(202);
            assertThat(members.last()).hasText("and 30 more");
            assertThat(members.filter(named(ann.name() + " (you)"))).hasCount(1);
        }
        assertThat(ann.window().page().locator("#here")).hasText("1 here");
    }

    @InEachBrowser
    void ofVeryLongTextsTheNewestHundredAreShown() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        String text = "x ".repeat(15_000);
        try (Person bob = Person.at(server.chat())) {
            bob.joins(room);
            for (int i = 1; i <= 130; i++) {
                bob.says(text + i);
            }
            assertThat(ann.lines().last()).hasAttribute("data-seq", "130");
            assertThat(ann.lines()).hasCount(100);
            assertThat(ann.button("Load earlier")).isVisible();
        }
    }

    private static Locator.FilterOptions named(String name) {
        return new Locator.FilterOptions().setHasText(name);
    }

    private static void files(Visitor visitor, FilePayload file) {
        visitor.window().page().locator("input[type=file]").setInputFiles(file);
    }

    private static byte[] picture(int width, int height) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY), "png", bytes);
        return bytes.toByteArray();
    }
}
