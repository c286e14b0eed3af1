package dev.parley.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.Container;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page, as the container that {@code arquillian.launch} names sends them. */
@ArquillianTest
@RunAsClient
class PageFilterContainerIT {
    private final HttpClient http = HttpClient.newHttpClient();

    @Deployment(testable = false)
    static WebArchive war() {
        return Container.war().addAsWebResource(new StringAsset("<!doctype html><p>Ours"), "own.html");
    }

    @Test
    void aPageThatSomebodyHasAddedHasNotTheHeadersOfParleys() throws Exception {
        HttpResponse<String> answer = ask("own.html");

        assertThat(answer.body()).contains("Ours");
        assertThat(answer.headers().allValues("Content-Security-Policy")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', text/html", "index.html, text/html", "page.js, text/javascript", "icon.svg, image/svg+xml"})
    void aFileHasItsTypeAndTheHeadersOfThePage(String path, String type) throws Exception {
        HttpResponse<String> answer = ask(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isNotBlank();
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        PageHeaders.headers()
                .forEach((name, value) ->
                        assertThat(answer.headers().allValues(name)).as(name).containsExactly(value));
    }

    @Test
    void aFileIsNotSentAgainWhenItIsStillTheSame() throws Exception {
        String tag = ask("page.js").headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = ask("page.js", "If-None-Match", tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().allValues("ETag")).isEqualTo(List.of(tag));
    }

    /** In an archive that is built reproducibly each version of a file has the same time. */
    @Test
    void aFileIsNotTakenForTheSameByItsTime() throws Exception {
        HttpResponse<String> answer = ask("page.js", "If-Modified-Since", "Wed, 01 Jan 2098 00:00:00 GMT");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Last-Modified")).isEmpty();
    }

    @Test
    void aFileIsCompressedForThoseWhoTakeThat() throws Exception {
        HttpResponse<String> answer = ask("page.js", "Accept-Encoding", "gzip");

        assertThat(answer.headers().allValues("Content-Encoding")).containsExactly("gzip");
        assertThat(answer.headers().firstValueAsLong("Content-Length").orElseThrow())
                .isLessThan(ask("page.js").body().length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "absent",
                "dev/parley/standalone/launch/Launch.class",
                "WEB-INF/web.xml",
                "WEB-INF/classes/META-INF/beans.xml",
                "META-INF/MANIFEST.MF"
            })
    void nothingElseIsServed(String path) throws Exception {
        assertThat(ask(path).statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> ask(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(Container.page().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
