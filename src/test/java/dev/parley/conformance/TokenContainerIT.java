package dev.parley.conformance;

import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Tokens in a container: another application, deployed before the WAR, sets them. */
@ArquillianTest
@RunAsClient
class TokenContainerIT implements TokenConformance, UserNamesConformance {
    @Deployment(name = "tokens", order = 1, testable = false)
    static WebArchive settings() {
        return Container.settings("tokens", SETTINGS);
    }

    @Deployment(name = "parley", order = 2, testable = false)
    static WebArchive war() {
        return Container.war();
    }

    @Override
    public URI chat() {
        return Container.chat();
    }
}
