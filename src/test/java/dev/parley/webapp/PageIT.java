package dev.parley.webapp;

import dev.parley.testing.ServerProcess;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser, from the standalone server. */
@Timeout(120)
class PageIT implements PageConformance {
    private static Browser browser;
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        browser = Browser.open();
        server = ServerProcess.start();
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

    @Override
    public Browser browser() {
        return browser;
    }

    @Override
    public URI page() {
        return server.page();
    }

    @Override
    public String server() {
        return "standalone";
    }
}
