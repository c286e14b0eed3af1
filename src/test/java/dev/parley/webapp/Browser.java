package dev.parley.webapp;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.parley.testing.Needs;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One of the machine's browsers, without a screen, driven by Playwright, which never downloads one. For one thread, as
 * Playwright is.
 */
final class Browser implements AutoCloseable {
    /** So long that a slow machine is no failure: what is awaited and comes is seen at once. In milliseconds. */
    static final int PATIENCE = 60_000;

    /** A browser takes seconds to start. These end with the process. */
    private static final Map<Engine, Browser> SHARED = new EnumMap<>(Engine.class);

    private final Engine engine;
    private final Path executable;
    private final Playwright playwright;
    /** Firefox has its color scheme from its start. */
    private final Map<ColorScheme, com.microsoft.playwright.Browser> started = new EnumMap<>(ColorScheme.class);

    private Browser(Engine engine, Path executable) {
        this.engine = engine;
        this.executable = executable;
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE / 3.0);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    }

    /** What a page is looked at on. */
    record Screen(int width, int height, ColorScheme scheme) {
        static final Screen DESKTOP = new Screen(1280, 800, ColorScheme.LIGHT);
        static final Screen DARK = new Screen(1280, 800, ColorScheme.DARK);
        static final Screen PHONE = new Screen(360, 640, ColorScheme.LIGHT);
    }

    /**
     * The browser that all tests of this process share. It is for the thread of the tests. Skips the test where there is no
     * such browser, and fails it where CI is {@code true}.
     */
    static Browser of(Engine engine) {
        return SHARED.computeIfAbsent(engine, Browser::open);
    }

    /** One that the caller closes. Skips the test where there is no such browser, and fails it where CI is {@code true}. */
    static Browser open(Engine engine) {
        Needs.that(engine.executable().isPresent(), "the page in " + engine, engine.toString());
        return new Browser(engine, engine.executable().orElseThrow());
    }

    Engine engine() {
        return engine;
    }

    /** Opens an address on a desktop, as someone who has never been there. */
    Window visit(URI address) {
        return visit(address, Screen.DESKTOP);
    }

    /** Opens an address as someone who has never been there. */
    Window visit(URI address, Screen screen) {
        return visit(address, screen, "");
    }

    /**
     * Opens an address as someone who has never been there.
     *
     * @param before a script that runs before those of the page, on each page of this window
     */
    Window visit(URI address, Screen screen, String before) {
        BrowserContext context = started.compute(screen.scheme(), this::running)
                .newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                        .setViewportSize(screen.width(), screen.height())
                        // What fades in has less contrast on its way.
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setColorScheme(screen.scheme()));
        if (!before.isEmpty()) {
            context.addInitScript(before);
        }
        return new Window(context, address);
    }

    /** Closes all windows, with what they have stored. */
    void closeWindows() {
        started.values().forEach(browser -> List.copyOf(browser.contexts()).forEach(BrowserContext::close));
    }

    /** Closes all windows, too. */
    @Override
    public void close() {
        playwright.close();
    }

    /** A browser that has ended is started again, so that its end fails one test. */
    private com.microsoft.playwright.Browser running(ColorScheme scheme, com.microsoft.playwright.Browser last) {
        return last != null && last.isConnected() ? last : launch(scheme);
    }

    private com.microsoft.playwright.Browser launch(ColorScheme scheme) {
        return engine.launch(
                playwright, new LaunchOptions().setExecutablePath(executable).setHeadless(true), scheme);
    }
}
