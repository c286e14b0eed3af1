package dev.parley.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A wrong setting stops the deployment, and the server's log says which one. */
@ArquillianTest
@RunAsClient
class WrongSettingContainerIT {
    private static final String SENTENCE = "Parley does not start: parley.burst is 'many'";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "parley", managed = false, testable = false)
    static WebArchive war() {
        return Container.war();
    }

    @Deployment(name = "setting", managed = false, testable = false)
    static WebArchive setting() {
        return Container.settings("wrong-setting", Map.of("parley.burst", "many"));
    }

    @Test
    void theLogSaysWhyTheDeploymentStopped() throws Exception {
        deployer.deploy("setting");
        try {
            assertThatThrownBy(() -> deployer.deploy("parley")).isNotNull();
            assertThat(log()).containsOnlyOnce(SENTENCE);
        } finally {
            deployer.undeploy("setting");
        }
    }

    private static String log() throws IOException {
        Path file = Container.name().equals("wildfly")
                ? Path.of(System.getenv("JBOSS_HOME"), "standalone", "log", "server.log")
                : Path.of(System.getenv("PAYARA_HOME"), "glassfish", "domains", "domain1", "logs", "server.log");
        return Files.readString(file, ISO_8859_1);
    }
}
