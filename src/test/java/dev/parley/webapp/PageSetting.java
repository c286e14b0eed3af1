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
import org.junit.jupiter.api.Timeout;

/** A standalone server and a browser, for tests of the page; after each, no window may have complained. */
@Timeout(120)
abstract class PageSetting {
    /** So short that silence is found while a test waits. */
    private static final Map<String, String> SETTINGS = Map.of("parley.heartbeat", "1000", "parley.rate", "500");

    static Browser browser;
    static ServerProcess server;

    private final List<Window> windows = new ArrayList<>();

    @BeforeAll
    static void start() {
        browser = Browser.open();
        server = ServerProcess.start(SETTINGS);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void nobodyComplained() {
        List<String> complaints =
                windows.stream().flatMap(window -> window.complaints().stream()).toList();
        windows.forEach(window -> window.page().context().close());
        windows.clear();
        assertThat(complaints).isEmpty();
    }

    /** Someone at the door, on a desktop. */
    Visitor visitor(String name) {
        return visitor(name, Browser.Screen.DESKTOP);
    }

    Visitor visitor(String name, Browser.Screen screen) {
        Window window = browser.visit(server.page(), screen);
        windows.add(window);
        return new Visitor(window, unique(name));
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
