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

/** Login by a form, in a container: another application, deployed before the WAR, sets that guests are refused. */
@ArquillianTest
@RunAsClient
@Timeout(120)
class SignInContainerIT implements SignInConformance {
    private static Browser browser;

    @Deployment(name = "settings", order = 1, testable = false)
    static WebArchive settings() {
        return Container.settings("settings", SETTINGS);
    }

    @Deployment(name = "parley", order = 2, testable = false)
    static WebArchive war() {
        return SignInConformance.withForm(Container.war());
    }

    @BeforeAll
    static void open() {
        browser = Browser.of(Engine.CHROMIUM);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.closeWindows();
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
}
