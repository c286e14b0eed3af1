package dev.parley.conformance;

import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The WAR in a container with rules about what is kept: another application, deployed before it, sets them, so that the
 * other tests in the same container have the defaults.
 */
@ArquillianTest
@RunAsClient
class RetentionContainerIT extends Guests implements RetentionConformance {
    private static final String RULED = "rules";
    private static final String DEPLOYMENT = "parley";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = DEPLOYMENT, managed = false, testable = false)
    static WebArchive war() {
        return Container.war();
    }

    @Deployment(name = RULED, managed = false, testable = false)
    static WebArchive rules() {
        return Container.settings("rules", Map.of("parley.keep", RULES));
    }

    @BeforeEach
    void deploy() {
        deployer.deploy(RULED);
        deployer.deploy(DEPLOYMENT);
    }

    @AfterEach
    void undeploy() {
        deployer.undeploy(DEPLOYMENT);
        deployer.undeploy(RULED);
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
