package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.RawClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** Connections that were opened in an HTTP session: what its timeout does to them, and what a sign-out does. */
@ArquillianTest
@RunAsClient
class HttpSessionContainerIT {
    /** Payara 6 looks for HTTP sessions that timed out once a minute. */
    private static final Duration REAPED = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();

    @Deployment(testable = false)
    static WebArchive application() {
        return Container.war().addClass(SignIn.class);
    }

    @Test
    void aTimeoutOfTheHttpSessionClosesNobody() throws Exception {
        String cookie = signIn(2);
        String room = "room-" + UUID.randomUUID();
        try (Person ann = inSession(cookie);
                Person bob = inSession(cookie)) {
            ann.joins(room);
            bob.joins(room);
            await().atMost(REAPED).until(() -> get("live", "").body(), "0"::equals);
            ann.says(room, "still here");
            bob.says(room, "and I");
            bob.hears("still here");
            ann.hears("and I");
        }
    }

    @Test
    void aSignOutClosesTheConnectionsOfItsHttpSessionAndNoOthers() throws Exception {
        String cookie = signIn(600);
        String other = signIn(600);
        String room = "room-" + UUID.randomUUID();
        try (Person ann = inSession(cookie);
                Person too = inSession(cookie);
                Person bob = inSession(other)) {
            ann.joins(room);
            bob.joins(room);
            assertThat(get("out", cookie).statusCode()).isEqualTo(200);
            assertThat(ann.isClosed()).isEqualTo(4401);
            assertThat(too.isClosed()).isEqualTo(4401);
            bob.says(room, "I did not sign out");
        }
    }

    /** @return the cookie of a new HTTP session that times out after so many seconds */
    private String signIn(int seconds) throws IOException, InterruptedException {
        return get("in?seconds=" + seconds, "").headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.replaceAll(";.*", ""))
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private HttpResponse<String> get(String what, String cookie) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(Container.page().resolve("session/" + what))
                .timeout(RawClient.PATIENCE);
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static Person inSession(String cookie) {
        return Person.on(RawClient.open(Container.chat(), "Cookie: " + cookie), Map.of());
    }
}
