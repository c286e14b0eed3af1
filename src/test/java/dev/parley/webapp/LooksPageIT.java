package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the page looks, on small and on wide screens, by day and by night: pictures for people, and what can be measured. */
class LooksPageIT extends PageSetting {
    private static final int MOST_BYTES = 100_000;
    private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"([\\w.-]+)\"");

    @ParameterizedTest
    @CsvSource({
        "CHROMIUM, 360, 740, LIGHT",
        "CHROMIUM, 360, 740, DARK",
        "CHROMIUM, 768, 1024, LIGHT",
        "CHROMIUM, 768, 1024, DARK",
        "CHROMIUM, 1280, 800, LIGHT",
        "CHROMIUM, 1280, 800, DARK",
        "CHROMIUM, 1920, 1080, LIGHT",
        "CHROMIUM, 1920, 1080, DARK",
        "FIREFOX, 360, 740, LIGHT",
        "FIREFOX, 360, 740, DARK",
        "FIREFOX, 768, 1024, LIGHT",
        "FIREFOX, 768, 1024, DARK",
        "FIREFOX, 1280, 800, LIGHT",
        "FIREFOX, 1280, 800, DARK",
        "FIREFOX, 1920, 1080, LIGHT",
        "FIREFOX, 1920, 1080, DARK"
    })
    void everyoneCanUseItOnEachScreen(Engine engine, int width, int height, ColorScheme scheme) {
        use(engine);
        Browser.Screen screen = new Browser.Screen(width, height, scheme);
        String suffix = "-%d-%s-%s".formatted(width, scheme, engine).toLowerCase(Locale.ROOT);
        String room = unique("garden");
        Visitor ann = visitor("ann", screen);
        fits(ann, "door" + suffix);
        ann.joins(room);
        Visitor bob = visitor("bob");
        bob.joins(room);
        ann.joinsToo(unique("kitchen"));
        ann.opens(room);
        ann.says("The roses are out: https://example.com/roses?colour=red");
        bob.says("At last. I sit under the apple tree, where there is some shade, and write this with one hand.");
        bob.says("Come over when you are done");
        bob.window()
                .page()
                .locator("input[type=file]")
                .setInputFiles(
                        new FilePayload("roses.png", "image/png", bob.window().picture("roses" + suffix)));
        ann.hears(bob, "roses.png");
        ann.says("In a minute");
        // Names are of one script.
        Visitor dana = new Visitor(visitor("dana").window(), "דנה" + Math.abs(room.hashCode()));
        dana.joins(room);
        dana.says("שלום! ראיתם את https://example.com/roses? (אני בדרך)\nI bring tea.");
        dana.window()
                .page()
                .locator("input[type=file]")
                .setInputFiles(new FilePayload("תה עם מנטה.txt", "text/plain", new byte[2_000]));
        ann.hears(dana, "מנטה");
        bob.message().pressSequentially("Good");
        assertThat(ann.window().page().locator("#typing")).containsText("typing");
        fits(ann, "chat" + suffix);

        ann.turnsLifecycle();
        ann.button("Cut the line").click();
        assertThat(ann.step("recovered: true").last()).isAttached();
        assertThat(ann.step("pong").last()).isAttached();
        ann.step("recovered: true").last().click();
        fits(ann, "lifecycle" + suffix);
    }

    @Test
    void allComesInOneRoundAndIsLittle() {
        Visitor ann = visitor("ann");
        Page page = ann.window().page();
        ann.joins(unique("room"));
        ann.turnsLifecycle();
        String html = (String) page.evaluate("fetch('/').then(answer => answer.text())");
        List<String> named =
                NAMED.matcher(html).results().map(name -> name.group(1)).toList();
        assertThat(loaded(page, "resource", "entry.name.replace(/.*\\//, '')"))
                .hasSizeGreaterThan(20)
                .allMatch(file -> file.equals("") || named.contains(file));
        assertThat(Stream.of("resource", "navigation")
                        .flatMap(type -> loaded(page, type, "entry.encodedBodySize").stream())
                        .mapToInt(size -> (Integer) size)
                        .sum())
                .isBetween(10_000, MOST_BYTES);
    }

    private static List<?> loaded(Page page, String type, String what) {
        return (List<?>) page.evaluate("performance.getEntriesByType('" + type + "').map(entry => " + what + ")");
    }

    /** Nothing sticks out, nothing is wrong for whoever can't see well; and a picture for those who can. */
    private static void fits(Visitor visitor, String picture) {
        Page page = visitor.window().page();
        visitor.window().picture(picture);
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        assertThat(Axe.violations(page)).isEmpty();
    }
}
