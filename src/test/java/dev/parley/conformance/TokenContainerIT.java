package dev.parley.conformance;

import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tokens in a container: another application, deployed before the WAR, sets them. */
@ArquillianTest
@RunAsClient
class TokenContainerIT implements TokenConformance, UserNamesConformance {
    private static final String DEPLOYMENT = "parley";
    private static final String SETTINGS_DEPLOYMENT = "tokens";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = DEPLOYMENT, managed = false, testable = false)
    static WebArchive war() {
        return Container.war();
    }

    @Deployment(name = SETTINGS_DEPLOYMENT, managed = false, testable = false)
    static WebArchive settings() {
        return Container.settings("tokens", SETTINGS);
    }

    @BeforeEach
    void deploy() {
        deployer.deploy(SETTINGS_DEPLOYMENT);
        deployer.deploy(DEPLOYMENT);
    }

    @AfterEach
    void undeploy() {
        deployer.undeploy(DEPLOYMENT);
        deployer.undeploy(SETTINGS_DEPLOYMENT);
    }

    @Override
    public URI chat() {
        return Container.chat();
    }
}
