package dev.parley.conformance;

import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Direct rooms in a container, where a bean of the application decides about all other rooms. */
@ArquillianTest
@RunAsClient
class DirectRoomContainerIT implements DirectRoomConformance {
    @Deployment(name = "secret", order = 1, testable = false)
    static WebArchive settings() {
        return ShrinkWrap.create(WebArchive.class, "secret.war")
                .addClass(SystemProperty.class)
                .addAsWebInfResource(
                        new StringAsset("parley.jwt.secret=" + SECRET + "\nparley.rate=500"), SystemProperty.FILE);
    }

    /** Its policy fails for each direct room that it is asked about. */
    @Deployment(name = "parley", order = 2, testable = false)
    static WebArchive war() {
        return Container.warWithPolicy();
    }

    @Override
    public URI chat() {
        return Container.chat();
    }
}
