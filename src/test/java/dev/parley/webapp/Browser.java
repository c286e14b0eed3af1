package dev.parley.webapp;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.parley.testing.Needs;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The machine's own Chromium without a screen, driven by Playwright, which never fetches one. For one thread, as
 * Playwright is.
 */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    /** It runs as root in a container, and calls nobody: what it asks of other hosts is to be the page's doing. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            chromium = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(executable)
                            .setHeadless(true)
                            .setArgs(ARGUMENTS));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** What a page is looked at on. */
    record Screen(int width, int height, ColorScheme scheme) {
        static final Screen DESKTOP = new Screen(1280, 800, ColorScheme.LIGHT);
        static final Screen DARK = new Screen(1280, 800, ColorScheme.DARK);
        static final Screen PHONE = new Screen(360, 640, ColorScheme.LIGHT);
    }

    /** Skips the test where there is no Chromium, and fails it where CI is {@code true}. */
    static Browser open() {
        Optional<Path> executable = find();
        Needs.that(executable.isPresent(), "the page in a browser", "Chromium");
        return new Browser(executable.orElseThrow());
    }

    /** Opens an address on a desktop, as someone who has never been there. */
    Window visit(URI address) {
        return visit(address, Screen.DESKTOP);
    }

    /** Opens an address as someone who has never been there. */
    Window visit(URI address, Screen screen) {
        BrowserContext context = chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(screen.width(), screen.height())
                // What fades in has less contrast on its way.
                .setReducedMotion(ReducedMotion.REDUCE)
                .setColorScheme(screen.scheme()));
        return new Window(context, address);
    }

    /** Closes all windows, too. */
    @Override
    public void close() {
        playwright.close();
    }

    private static Optional<Path> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + File.pathSeparator + "/usr/bin";
        return NAMES.stream()
                .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
