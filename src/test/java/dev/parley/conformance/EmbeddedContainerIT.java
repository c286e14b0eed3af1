package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.RawClient;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parley in someone's own application, whose descriptor turns annotations or libraries off. */
@ArquillianTest
@RunAsClient
class EmbeddedContainerIT {
    private static final String DESCRIPTOR =
            "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.0' %s</web-app>";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "classes", managed = false, testable = false)
    static WebArchive classes() {
        return classes("classes.war", "metadata-complete='true'>");
    }

    @Deployment(name = "classes, ordered", managed = false, testable = false)
    static WebArchive classesOrdered() {
        return classes("ordered.war", "><absolute-ordering/>");
    }

    private static WebArchive classes(String name, String descriptor) {
        return application(name, descriptor)
                .merge(Container.war(), path -> path.get().startsWith("/WEB-INF/classes"));
    }

    @Deployment(name = "library", managed = false, testable = false)
    static WebArchive library() {
        return application("library.war", "metadata-complete='true'>")
                .addAsLibrary(new File("target/parley-classes.jar"));
    }

    private static WebArchive application(String name, String descriptor) {
        return ShrinkWrap.create(WebArchive.class, name)
                .merge(
                        Container.war(),
                        path -> path.get().startsWith("/WEB-INF/lib")
                                || path.get().matches("/WEB-INF/(jboss|glassfish)-web.xml"))
                .setWebXML(new StringAsset(DESCRIPTOR.formatted(descriptor)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"classes", "classes, ordered", "library"})
    void theFilterStandsBeforeTheEndpoint(String application) {
        deployer.deploy(application);
        try {
            assertThat(status()).isEqualTo(101);
            assertThat(status("Origin: http://evil.example")).isEqualTo(403);
            assertThat(status("Sec-WebSocket-Version: 8")).isEqualTo(426);
        } finally {
            deployer.undeploy(application);
        }
    }

    @Test
    void aLibraryBringsTheClientForThePagesOfTheApplication() throws IOException, InterruptedException {
        deployer.deploy("library");
        try {
            HttpResponse<String> client = get("parley/parley.js");
            assertThat(client.statusCode()).isEqualTo(200);
            // Browsers run no module of another type.
            assertThat(client.headers().firstValue("Content-Type"))
                    .get()
                    .asString()
                    .contains("/javascript");
            assertThat(client.body()).contains("export class ParleyClient");
            assertThat(get("parley/address.js").body()).contains("\"../chat\"");
            assertThat(get("parley/page.js").statusCode()).isEqualTo(404);
            assertThat(get("parley.js").statusCode()).isEqualTo(404);
        } finally {
            deployer.undeploy("library");
        }
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(Container.page().resolve(path)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int status(String... headers) {
        try (RawClient client = RawClient.ask(Container.chat(), headers)) {
            return client.status();
        }
    }
}
