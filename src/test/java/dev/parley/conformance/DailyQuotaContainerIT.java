package dev.parley.conformance;

import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The daily quotas in a container, where a bean of the application can give more. */
@ArquillianTest
@RunAsClient
class DailyQuotaContainerIT extends Guests implements DailyQuotaConformance {
    @Deployment(name = "quotas", order = 1, testable = false)
    static WebArchive settings() {
        return Container.settings("quotas", SETTINGS);
    }

    @Deployment(name = "parley", order = 2, testable = false)
    static WebArchive war() {
        return Container.warWithPolicy();
    }

    @Override
    public URI chat() {
        return Container.chat();
    }

    @Override
    public String server() {
        return Container.name();
    }
}
