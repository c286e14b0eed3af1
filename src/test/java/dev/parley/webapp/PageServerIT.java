package dev.parley.webapp;

import dev.parley.testing.container.ContainerProcess;
import dev.parley.testing.container.Distribution;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, from a server that is a process of its own. */
@Timeout(120)
class PageServerIT implements PageConformance {
    private static ContainerProcess server;
    private static Browser browser;

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException {
        server = new ContainerProcess(Distribution.tested(), Map.of(), folder);
        server.start();
        browser = Browser.of(Engine.CHROMIUM);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.closeWindows();
        }
        server.close();
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
        return System.getProperty("server");
    }
}
