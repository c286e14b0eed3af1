package dev.parley.webapp;

import dev.parley.conformance.Container;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser, from the container that {@code arquillian.launch} names. */
@ArquillianTest
@RunAsClient
@Timeout(120)
class PageContainerIT implements PageConformance {
    private static Browser browser;

    @Deployment(testable = false)
    static WebArchive war() {
        return Container.war();
    }

    @BeforeAll
    static void open() {
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Override
    public Browser browser() {
        return browser;
    }

    @Override
    public URI page() {
        return Container.page();
    }

    @Override
    public String server() {
        return Container.name();
    }
}
