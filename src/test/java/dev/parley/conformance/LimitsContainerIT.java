package dev.parley.conformance;

import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The WAR in a container whose system properties leave few places: another application, deployed before it, sets them,
 * so that the other tests in the same container have the defaults.
 */
@ArquillianTest
@RunAsClient
class LimitsContainerIT implements LimitsConformance {
    private static final String DEPLOYMENT = "parley";

    @ArquillianResource
    private Deployer deployer;

    private Limit limit;

    @Deployment(name = DEPLOYMENT, managed = false, testable = false)
    static WebArchive war() {
        return Container.war();
    }

    @Deployment(name = "IN_ALL", managed = false, testable = false)
    static WebArchive fewInAll() {
        return few(Limit.IN_ALL);
    }

    @Deployment(name = "OF_ADDRESS", managed = false, testable = false)
    static WebArchive fewOfAddress() {
        return few(Limit.OF_ADDRESS);
    }

    private static WebArchive few(Limit limit) {
        return Container.settings("few-" + limit.ordinal(), Map.of(limit.setting, String.valueOf(LIMIT)));
    }

    @Override
    public void start(Limit few) {
        limit = few;
        deployer.deploy(few.name());
        deployer.deploy(DEPLOYMENT);
    }

    @Override
    public void stop() {
        deployer.undeploy(DEPLOYMENT);
        deployer.undeploy(limit.name());
    }

    @Override
    public URI chat() {
        return Container.chat();
    }
}
