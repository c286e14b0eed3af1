package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Parley ends after the application's own observers of its end. */
@ArquillianTest
@RunAsClient
class FarewellContainerIT {
    private static final String DEPLOYMENT = "parley";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = DEPLOYMENT, managed = false, testable = false)
    static WebArchive war() {
        return Container.war().addClass(Farewell.class);
    }

    @Test
    void theApplicationSendsALastMessageBeforeItEnds() {
        deployer.deploy(DEPLOYMENT);
        deployer.undeploy(DEPLOYMENT);

        deployer.deploy(DEPLOYMENT);
        try (Person ann = Person.at(Container.chat(), Map.of("name", "ann"))) {
            assertThat(Messages.texts(Messages.entries(ann.joins(Farewell.ROOM))))
                    .contains(Farewell.TEXT);
        } finally {
            deployer.undeploy(DEPLOYMENT);
        }
    }
}
