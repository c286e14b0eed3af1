package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** The view of what happens on the wire shows what happened, in a real browser. */
class LifecyclePageIT extends PageSetting {
    private static final int WHILE_AWAY = 20;
    /** How much of the sequence is below the view, in px. */
    private static final String BELOW =
            "(({ scrollHeight, scrollTop, clientHeight }) => scrollHeight - scrollTop - clientHeight)"
                    + "(document.querySelector('.sequence'))";

    @Test
    void theHandshakeIsShownWithItsRealHeaders() {
        Visitor ann = inRoom("ann", unique("room"));
        ann.turnsLifecycle();
        ann.step("101 Switching Protocols").click();
        Locator detail = ann.detail();
        assertThat(detail).containsText(Pattern.compile("Sec-WebSocket-Accept: \\S{28}"));
        assertThat(detail).containsText(Pattern.compile("Sec-WebSocket-Protocol: parley.v2"));
        ann.step("GET /chat").click();
        assertThat(detail).containsText(Pattern.compile("Sec-WebSocket-Key: \\S{24}"));
        String origin = "Origin: " + server.page().toString().replaceFirst("/$", "");
        assertThat(detail).containsText(origin);
    }

    @Test
    void messagesBatchesAndHeartbeatsAreShown() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Visitor bob = inRoom("bob", room);
        ann.turnsLifecycle();
        ann.says("Hello");
        ann.step("said").first().click();
        assertThat(ann.detail()).containsText("\"seq\": 1");
        bob.says("Hello, Ann");
        assertThat(ann.step("Hello, Ann")).hasCount(1);
        assertThat(ann.step("ping").first()).isVisible();
        assertThat(ann.step("pong").first()).containsText(Pattern.compile("pong · \\d.*s"));
        ann.step("hello").first().click();
        assertThat(ann.detail()).containsText(ann.name());
        ann.seesNoSession();

        Page page = ann.window().page();
        int all = ann.step("").count();
        page.getByLabel("heartbeat").uncheck();
        assertThat(ann.step("pong")).hasCount(0);
        page.getByLabel("heartbeat").check();
        ann.button("Pause").click();
        bob.says("unseen");
        ann.hears(bob, "unseen");
        assertThat(ann.step("unseen")).hasCount(0);
        ann.button("Pause").click();
        assertThat(ann.step("unseen")).hasCount(1);
        assertThat(ann.step("").count()).isGreaterThan(all);
        ann.button("Clear").click();
        assertThat(ann.step("unseen")).hasCount(0);
    }

    @Test
    void aLineThatIsCutComesBackAndNothingIsLostNorDoubled() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Visitor bob = inRoom("bob", room);
        ann.turnsLifecycle();
        ann.button("Cut the line").click();
        for (int i = 1; i <= WHILE_AWAY; i++) {
            bob.says("line " + i);
        }
        ann.hears(bob, "line " + WHILE_AWAY);
        assertThat(ann.lines().locator(".text").evaluateAll("all => all.map(text => text.textContent)"))
                .isEqualTo(IntStream.rangeClosed(1, WHILE_AWAY)
                        .mapToObj(i -> "line " + i)
                        .toList());
        assertThat(ann.step("1006").first()).isVisible();
        assertThat(ann.step("next try in").first()).isVisible();
        assertThat(ann.step("resume " + room)).hasCount(1);
        assertThat(ann.step("recovered: true")).hasCount(1);
        assertState(ann, "OPEN");
    }

    @Test
    void aLineThatFallsSilentIsFoundAndComesBack() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Visitor bob = inRoom("bob", room);
        ann.turnsLifecycle();
        ann.button("Go silent").click();
        bob.says("Do you hear me?");
        assertThat(ann.step("ignored").first()).isVisible();
        assertThat(ann.step("4001").first()).isVisible();
        ann.hears(bob, "Do you hear me?");
        assertState(ann, "OPEN");
    }

    @Test
    void aMalformedFrameIsAnsweredAndTheLineGoesOn() {
        Visitor ann = inRoom("ann", unique("room"));
        ann.turnsLifecycle();
        ann.button("Send a malformed frame").click();
        assertThat(ann.step("malformed frame")).hasCount(1);
        assertThat(ann.step("badRequest")).hasCount(1);
        ann.says("It goes on");
    }

    @Test
    void eitherSideClosesAndOneCanConnectAgain() {
        Visitor ann = inRoom("ann", unique("room"));
        ann.turnsLifecycle();
        for (String side : List.of("Close from here", "Close from the server")) {
            ann.button(side).click();
            assertState(ann, "CLOSED");
            assertThat(ann.step("Close 1000").last()).isVisible();
            assertThat(ann.button("Cut the line")).isDisabled();
            ann.button("Connect again").click();
            assertState(ann, "OPEN");
            ann.says("after: " + side);
        }
        assertThat(ann.step("new conversation")).hasCount(2);
        assertThat(ann.step("Close acknowledged")).hasCount(2);
    }

    @InEachBrowser
    void whoScrollsUpALittleKeepsInViewWhatIsThere() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Visitor bob = inRoom("bob", room);
        ann.turnsLifecycle();
        for (int i = 1; i <= 30; i++) {
            bob.says("line " + i);
        }
        assertThat(ann.step("line 30")).isInViewport();
        Page page = ann.window().page();
        page.locator(".sequence").hover();
        page.mouse().wheel(0, -30);
        page.waitForFunction("() => " + BELOW + " >= 20");
        bob.says("later");
        assertThat(ann.step("later")).hasCount(1);
        assertThat(page.evaluate(BELOW + " >= 20")).isEqualTo(true);

        // At the end again, it follows.
        page.mouse().wheel(0, 10_000);
        page.waitForFunction("() => " + BELOW + " <= 1");
        bob.says("at last");
        assertThat(ann.step("at last")).isInViewport();
    }

    @Test
    void theDiagramsAreCopiedAndSaved() throws Exception {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        Page page = ann.window().page();
        page.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        ann.turnsLifecycle();
        ann.says("semicolons; and #hashes\nand lines");
        ann.button("Copy as Mermaid").click();
        assertThat(page.getByText("Copied.")).isVisible();
        String text = (String) page.evaluate("navigator.clipboard.readText()");
        assertThat(text.lines())
                .contains(
                        "sequenceDiagram",
                        "  participant Client",
                        "  participant Server",
                        "stateDiagram-v2",
                        "  CONNECTING --> OPEN: on open",
                        "  OPEN --> CLOSING: close asked",
                        "  CLOSING --> CLOSED: on close",
                        "  class OPEN now")
                .anyMatch(line -> line.matches(" {2}Client->>Server: GET /chat HTTP/1.1.*"))
                .anyMatch(line -> line.matches(" {2}Server-->>Client: 101 Switching Protocols.*"))
                .anyMatch(line -> line.matches(" {2}Client->>Server: join #35;\\d+ .*" + room + ".*"))
                .anyMatch(line -> line.matches(" {2}Client->>Server: say .*semicolons.*#35;hashes.*"))
                .filteredOn(line -> line.contains("semicolons"))
                .noneMatch(line -> line.replaceAll("#\\w+;", "").contains(";"));

        Download file = page.waitForDownload(() -> ann.button("Save as SVG").click());
        Document svg = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(Files.newInputStream(file.path()));
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg.getDocumentElement().getTextContent())
                .contains("101 Switching Protocols", "MESSAGE_RECEIVED", "semicolons; and #hashes");
    }

    private static void assertState(Visitor visitor, String state) {
        Page page = visitor.window().page();
        assertThat(page.locator("svg.states")).hasAttribute("aria-label", Pattern.compile(".*\\b" + state + "\\b.*"));
        assertThat(page.getByRole(AriaRole.IMG).first()).isVisible();
    }
}
