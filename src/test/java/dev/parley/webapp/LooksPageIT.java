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
    /** From the smallest to the largest; all that people do here is done on the smallest. */
    private static final List<Size> SIZES =
            List.of(new Size(360, 740), new Size(768, 1024), new Size(1280, 800), new Size(1920, 1080));

    private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"([\\w.-]+)\"");

    private record Size(int width, int height) {}

    @ParameterizedTest
    @CsvSource({"CHROMIUM, LIGHT", "CHROMIUM, DARK", "FIREFOX, LIGHT", "FIREFOX, DARK"})
    void everyoneCanUseItOnEachScreen(Engine engine, ColorScheme scheme) {
        use(engine);
        String suffix = "-%s-%s".formatted(scheme, engine).toLowerCase(Locale.ROOT);
        String room = unique("garden");
        Size smallest = SIZES.get(0);
        Visitor ann = visitor("ann", new Browser.Screen(smallest.width(), smallest.height(), scheme));
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
        // Not by the page: its own requests are what is counted.
        String html = page.request().get(page.url()).text();
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

    /**
     * On a screen of each size nothing sticks out, and nothing is wrong for whoever can't see well; and there is a picture for
     * those who can. Afterwards the screen has the smallest size again.
     */
    private static void fits(Visitor visitor, String picture) {
        Page page = visitor.window().page();
        for (Size size : SIZES) {
            page.setViewportSize(size.width(), size.height());
            visitor.window().picture(picture + "-" + size.width());
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isTrue();
            assertThat(Axe.violations(page)).isEmpty();
        }
        page.setViewportSize(SIZES.get(0).width(), SIZES.get(0).height());
    }
}
