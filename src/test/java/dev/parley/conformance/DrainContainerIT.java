package dev.parley.conformance;

import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR undeployed and deployed again, in a container that runs on. */
@ArquillianTest
@RunAsClient
class DrainContainerIT implements DrainConformance {
    private static final String DEPLOYMENT = "parley";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = DEPLOYMENT, managed = false, testable = false)
    static WebArchive war() {
        return Container.war();
    }

    @Override
    public void start() {
        deployer.deploy(DEPLOYMENT);
    }

    @Override
    public void stop() {
        deployer.undeploy(DEPLOYMENT);
    }

    @Override
    public URI chat() {
        return Container.chat();
    }
}
