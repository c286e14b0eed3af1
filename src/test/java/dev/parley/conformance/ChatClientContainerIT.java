package dev.parley.conformance;

import dev.parley.client.AttachmentsApartConformance;
import dev.parley.client.ChatClientConformance;
import java.net.URI;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The Java client, in the JVM of the test, and the WAR in the container that {@code arquillian.launch} names. */
@ArquillianTest
@RunAsClient
class ChatClientContainerIT implements ChatClientConformance, AttachmentsApartConformance {
    @Deployment(testable = false)
    static WebArchive war() {
        return Container.war();
    }

    @Override
    public URI chat() {
        return Container.chat();
    }
}
