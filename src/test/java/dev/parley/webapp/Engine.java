package dev.parley.webapp;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The browsers that the page is tested in: those of the machine, without a screen. */
enum Engine {
    CHROMIUM("Chromium", "chromium", "chromium-browser", "google-chrome") {
        /** The tests run as root in a container. A request to another host must be the page's, not the browser's. */
        private static final List<String> ARGUMENTS = List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync");

        @Override
        Browser launch(Playwright playwright, LaunchOptions options, ColorScheme scheme) {
            return playwright.chromium().launch(options.setArgs(ARGUMENTS));
        }
    },

    /** Playwright drives a Firefox that is not its own by WebDriver BiDi, which emulates no media features: preferences do. */
    FIREFOX("Firefox", "firefox-esr", "firefox") {
        @Override
        Browser launch(Playwright playwright, LaunchOptions options, ColorScheme scheme) {
            Map<String, Object> preferences = Map.of(
                    "layout.css.prefers-color-scheme.content-override",
                    scheme == ColorScheme.DARK ? 0 : 1,
                    "ui.prefersReducedMotion",
                    1);
            return playwright.firefox().launch(options.setChannel("moz-firefox").setFirefoxUserPrefs(preferences));
        }
    };

    private final String title;
    private final List<String> programs;

    Engine(String title, String... programs) {
        this.title = title;
        this.programs = List.of(programs);
    }

    abstract Browser launch(Playwright playwright, LaunchOptions options, ColorScheme scheme);

    /** Its program, where the machine has one. */
    Optional<Path> executable() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("") + File.pathSeparator + "/usr/bin";
        return programs.stream()
                .flatMap(name -> Stream.of(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Its name. */
    @Override
    public String toString() {
        return title;
    }
}
