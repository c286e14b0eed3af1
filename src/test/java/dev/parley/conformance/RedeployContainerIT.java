package dev.parley.conformance;

import dev.parley.testing.RunningJvm;
import java.net.URI;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR redeployed in a container. */
@ArquillianTest
@RunAsClient
class RedeployContainerIT implements RedeployConformance {
    private static final String DEPLOYMENT = "parley";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = DEPLOYMENT, managed = false, testable = false)
    static WebArchive war() {
        return Container.war();
    }

    @Override
    public void deploy() {
        deployer.deploy(DEPLOYMENT);
    }

    @Override
    public void undeploy() {
        deployer.undeploy(DEPLOYMENT);
    }

    /** Payara's process is not found before the first deployment. */
    @Override
    public RunningJvm process() {
        return RunningJvm.of(Path.of(System.getenv(Container.name().equals("wildfly") ? "JBOSS_HOME" : "PAYARA_HOME")));
    }

    @Override
    public URI chat() {
        return Container.chat();
    }
}
