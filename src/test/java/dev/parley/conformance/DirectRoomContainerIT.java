package dev.parley.conformance;

import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Direct rooms and inboxes in a container, where a bean of the application decides about all other rooms. */
@ArquillianTest
@RunAsClient
class DirectRoomContainerIT implements DirectRoomConformance, InboxConformance {
    @Deployment(name = "secret", order = 1, testable = false)
    static WebArchive settings() {
        return Container.settings("secret", Map.of("parley.jwt.secret", SECRET, "parley.rate", "500"));
    }

    /** Its policy fails for each direct room that it is asked about. */
    @Deployment(name = "parley", order = 2, testable = false)
    static WebArchive war() {
        return Container.warWithPolicy().addClass(Postman.class);
    }

    @Override
    public URI chat() {
        return Container.chat();
    }
}
