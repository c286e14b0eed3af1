package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.jwt.Mint;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Rules for rooms in a container, also for a user who is signed in to it: another application, deployed before, sets them. */
@ArquillianTest
@RunAsClient
class RulesContainerIT implements RulesConformance, AccessMatrix {
    private static final Path RULES_FILE = rulesFile();

    @Deployment(name = "rules", order = 1, testable = false)
    static WebArchive settings() {
        return Container.settings(
                "rules", Map.of("parley.jwt.secret", SECRET, "parley.access.rules", RULES_FILE.toString()));
    }

    @Deployment(name = "parley", order = 2, testable = false)
    static WebArchive war() {
        return Container.warWith(LogIn.WEB_XML)
                .addClasses(LogIn.class, Postman.class)
                .addAsWebInfResource(new StringAsset(LogIn.GLASSFISH_WEB_XML), "glassfish-web.xml");
    }

    private static Path rulesFile() {
        try {
            Path file = Files.createTempFile("rooms", ".rules");
            file.toFile().deleteOnExit();
            return Files.write(file, RULES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public URI chat() {
        return Container.chat();
    }

    @Override
    public Path file() {
        return RULES_FILE;
    }

    @Test
    void aUserOfTheContainerMayDoWhatTheRulesGiveToItsRoles() throws Exception {
        try (Person clerk = signedIn()) {
            assertThat(clerk.name()).isEqualTo(LogIn.NAME);
            RulesConformance.assertMayRead(clerk, "staff-" + UUID.randomUUID(), "say");
            RulesConformance.assertMayRead(clerk, "news-" + UUID.randomUUID());
            RulesConformance.assertMayRead(clerk, "garden-" + UUID.randomUUID());
            RulesConformance.assertMayDoAll(clerk, "open-" + UUID.randomUUID());
            RulesConformance.assertIsShutOut(clerk, "private-" + UUID.randomUUID());
            RulesConformance.assertIsShutOut(clerk, "closed-" + UUID.randomUUID());
        }
    }

    @Test
    void whatAUserOfTheContainerMayDo() throws Exception {
        try (Person clerk = signedIn()) {
            AccessMatrix.assertMay(clerk, chat(), "open", AccessMatrix.TALK);
            AccessMatrix.assertMay(clerk, chat(), "news", AccessMatrix.READ);
            AccessMatrix.assertMay(clerk, chat(), "private", AccessMatrix.NOTHING);
            AccessMatrix.assertMay(clerk, chat(), "closed", AccessMatrix.NOTHING);
        }
    }

    @Test
    void othersSeeTheIdOfAUserOfTheContainer() throws Exception {
        try (Person clerk = signedIn();
                Person guest = Person.at(Container.chat(), Map.of("name", LogIn.NAME))) {
            CallerConformance.assertIsSeenAs(LogIn.NAME, clerk, guest, "open-" + UUID.randomUUID());
        }
    }

    /** The id of a user of the container is the name of its principal. */
    @Test
    void whatIsSentToAPrincipalReachesTheUserThatIsSignedInToTheContainer() throws Exception {
        String text = "at the counter " + UUID.randomUUID();
        try (Person clerk = signedIn();
                Person other = Person.at(
                        chat(),
                        Map.of("token", new Mint(SECRET, null, null).token("other", "other", Duration.ofMinutes(5))))) {
            clerk.joins("@");
            other.joins("@" + Postman.ID);
            other.says("send " + LogIn.NAME + " " + text);

            JsonObject heard = clerk.hears(text);
            assertThat(heard.getString("room")).isEqualTo("@");
            assertThat(heard.getString("from")).isEqualTo(Postman.NAME);
        }
        try (Person later = signedIn()) {
            assertThat(Messages.texts(Messages.entries(later.joins("@")))).contains(text);
        }
    }

    private static Person signedIn() throws IOException, InterruptedException {
        HttpResponse<Void> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(Container.page().resolve("login"))
                                .timeout(RawClient.PATIENCE)
                                .build(),
                        BodyHandlers.discarding());
        assertThat(response.statusCode()).isEqualTo(204);
        String cookie = response.headers().allValues("Set-Cookie").stream()
                .map(set -> set.replaceAll(";.*", ""))
                .reduce((first, last) -> last)
                .orElseThrow();
        return Person.on(RawClient.open(Container.chat(), "Cookie: " + cookie), Map.of());
    }
}
