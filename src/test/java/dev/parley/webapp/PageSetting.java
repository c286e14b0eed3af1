package dev.parley.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * A standalone server and the browsers, for tests of the page; after each, no window may have complained. A test is in
 * Chromium, or in each browser where it is {@link InEachBrowser} instead of {@code @Test}.
 */
@Timeout(240)
abstract class PageSetting {
    /** So short that silence is found while a test waits. */
    private static final Map<String, String> SETTINGS =
            Map.of("parley.heartbeat", "1000", "parley.rate", "500", "parley.keep", "kept-*: 60 entries");

    static ServerProcess server;

    /** The one that this test is in. */
    Browser browser;

    private final List<Window> windows = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = ServerProcess.start(SETTINGS);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    /** This test is in this browser. */
    void use(Engine engine) {
        browser = Browser.of(engine);
    }

    @BeforeEach
    void inChromiumUnlessSaidOtherwise() {
        if (browser == null) {
            use(Engine.CHROMIUM);
        }
    }

    @AfterEach
    void nobodyComplained() {
        List<String> complaints =
                windows.stream().flatMap(window -> window.complaints().stream()).toList();
        windows.clear();
        browser.closeWindows();
        assertThat(complaints).isEmpty();
    }

    /** Someone at the door, on a desktop. */
    Visitor visitor(String name) {
        return visitor(name, Browser.Screen.DESKTOP);
    }

    Visitor visitor(String name, Browser.Screen screen) {
        return visitor(name, screen, "");
    }

    /** Someone in whose browser this script runs before those of the page. */
    Visitor visitor(String name, Browser.Screen screen, String before) {
        return atTheDoor(browser.visit(server.page(), screen, before), unique(name));
    }

    /** Someone at the door with a name that others may have. */
    Visitor visitorNamed(String name, Browser.Screen screen) {
        return atTheDoor(browser.visit(server.page(), screen), name);
    }

    private Visitor atTheDoor(Window window, String name) {
        windows.add(window);
        return new Visitor(window, name);
    }

    /** Someone who is in a room already. */
    Visitor inRoom(String name, String room) {
        Visitor visitor = visitor(name);
        visitor.joins(room);
        return visitor;
    }

    static String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
