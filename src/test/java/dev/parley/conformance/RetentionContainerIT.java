package dev.parley.conformance;

import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The WAR in a container with rules about what is kept: another application, deployed before it, sets them, so that the
 * other tests in the same container have the defaults.
 */
@ArquillianTest
@RunAsClient
class RetentionContainerIT extends Guests implements RetentionConformance {
    @Deployment(name = "rules", order = 1, testable = false)
    static WebArchive rules() {
        return Container.settings("rules", Map.of("parley.keep", RULES));
    }

    @Deployment(name = "parley", order = 2, testable = false)
    static WebArchive war() {
        return Container.war();
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
