package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;

/** In a lively room the page does little for each line. How long that takes is measured elsewhere. */
class LivelyRoomPageIT extends PageSetting {
    /** Counts what was done for lines. */
    private static final String COUNT = """
            {
              window.measured = window.revoked = 0;
              const { observe } = ResizeObserver.prototype;
              ResizeObserver.prototype.observe = function (target, ...more) {
                if (target.classList.contains("block")) window.measured++;
                return observe.call(this, target, ...more);
              };
              const { revokeObjectURL } = URL;
              URL.revokeObjectURL = (address) => {
                window.revoked++;
                revokeObjectURL.call(URL, address);
              };
            }""";

    /** How high lines are, with the headings that go on from the line above, and without them. */
    private static final String HEIGHTS = """
            log => {
              const height = () => log.querySelector("[role=list]").getBoundingClientRect().height;
              const whole = height();
              const heads = [...log.querySelectorAll(".more .head")];
              for (const head of heads) head.hidden = true;
              return [heads.length, Math.round(whole), Math.round(height())];
            }""";

    @InEachBrowser
    void linesThatMakeRoomCostNothingEach() {
        String room = unique("room");
        Visitor ann = visitor("ann", Browser.Screen.DESKTOP, COUNT);
        ann.joins(room);
        Page page = ann.window().page();
        Lines.say(server.chat(), room, 1_300);
        assertThat(ann.lines().last()).hasAttribute("data-seq", "1300");
        page.waitForFunction("() => document.querySelectorAll('#lines li').length <= 1100");
        assertThat(page.evaluate("revoked")).isEqualTo(0);
        // There are 33 blocks, and of those that lose lines each is measured once more.
        assertThat((Integer) page.evaluate("measured")).isLessThan(100);
    }

    @InEachBrowser
    void whoSaidALineIsReadOutForEachAndSeenOnce() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        ann.says("first");
        ann.says("second");
        assertThat(ann.line(ann.name(), "second")).hasClass(Pattern.compile(".*\\bmore\\b.*"));
        assertThat(ann.log().ariaSnapshot()).containsPattern("(?s)%1$s.*first.*%1$s.*second".formatted(ann.name()));
        // In the flow: what is positioned takes as long to lay out as the rest of a line.
        assertThat(ann.line(ann.name(), "second").locator(".head")).hasCSS("position", "static");
        List<?> heights = (List<?>) ann.log().evaluate(HEIGHTS);
        assertThat(heights.get(0)).isEqualTo(1);
        assertThat(heights.get(1)).isEqualTo(heights.get(2));
    }
}
