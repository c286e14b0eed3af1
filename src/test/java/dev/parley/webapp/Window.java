package dev.parley.webapp;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One person's window, with a storage of its own, and all that goes wrong in it. For one thread; closed with its
 * {@link Browser}, or by {@link Browser#closeWindows}.
 */
final class Window {
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Set<String> LOUD = Set.of("error", "warning");
    /** Firefox tells this to its own console only. */
    private static final String TELLS_WHAT_THE_POLICY_FORBIDS = """
            addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
              window.isPictured || console.error(`Content Security Policy: ${violatedDirective} ${blockedURI}`));""";

    /** Of {@code body {}}: before a picture in Firefox, Playwright tries to write that style into the page. */
    private static final String STYLE_FOR_PICTURES = "sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT+SmwNZWA=";

    private final URI home;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();

    Window(BrowserContext context, URI home) {
        this.home = home;
        context.setDefaultTimeout(Browser.PATIENCE);
        context.onConsoleMessage(message -> {
            if (LOUD.contains(message.type())) {
                complaints.add("console: " + message.text() + " at " + message.location());
            }
        });
        context.onWebError(error -> {
            if (!error.error().contains(STYLE_FOR_PICTURES)) {
                complaints.add("thrown: " + error.error());
            }
        });
        context.onRequest(request -> mustGoHome(request.url()));
        context.onPage(opened -> opened.onWebSocket(socket -> mustGoHome(socket.url())));
        context.addInitScript(TELLS_WHAT_THE_POLICY_FORBIDS);
        page = context.newPage();
        page.navigate(home.toString());
    }

    /** Another tab of the same browser; its complaints are this one's. */
    private Window(Window first) {
        home = first.home;
        page = first.page.context().newPage();
        page.navigate(home.toString());
    }

    /** Opens another tab, with the same storage. This window has its complaints, too. */
    Window tab() {
        return new Window(this);
    }

    Page page() {
        return page;
    }

    /**
     * All errors and warnings on its console, what its scripts threw and didn't catch, and requests to any other host,
     * since it was opened; among them what the Content-Security-Policy forbade.
     */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Keeps what is seen as {@code target/screenshots/NAME.png}, and returns it. */
    byte[] picture(String name) {
        page.evaluate("window.isPictured = true");
        byte[] picture = page.screenshot(new ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
        page.evaluate("window.isPictured = false");
        return picture;
    }

    private void mustGoHome(String address) {
        URI uri = URI.create(address);
        boolean remote = uri.getAuthority() != null;
        if (remote && !uri.getAuthority().equals(home.getAuthority())) {
            complaints.add("request elsewhere: " + address);
        }
    }
}
