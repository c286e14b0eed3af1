package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
    private static final int TIMEOUT_SECONDS = 2;

    private final HttpClient http = HttpClient.newHttpClient();

    @Deployment(testable = false)
    static WebArchive application() {
        return Container.war().addClass(SignIn.class);
    }

    @Test
    void whoTalksIsNotClosedWhenTheHttpSessionWouldTimeOut() throws Exception {
        String cookie = signIn(TIMEOUT_SECONDS);
        String room = "room-" + UUID.randomUUID();
        try (Person ann = inSession(cookie)) {
            ann.joins(room);
            long start = System.nanoTime();
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        ann.says(room, "still here");
                        return System.nanoTime() - start
                                > Duration.ofSeconds(4 * TIMEOUT_SECONDS).toNanos();
                    });
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
            // On WildFly 39 Undertow closes them too, with 1008, and either of the two is first.
            Integer[] codes = Container.name().equals("wildfly") ? new Integer[] {4401, 1008} : new Integer[] {4401};
            assertThat(ann.isClosed()).isIn((Object[]) codes);
            assertThat(too.isClosed()).isIn((Object[]) codes);
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
