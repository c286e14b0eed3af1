package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.testing.Frame;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import dev.parley.testing.RawHttp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
import org.junit.jupiter.params.provider.CsvSource;

/** An application with Parley among its libraries has its own settings, and a conflict is in the error of its deployment. */
@ArquillianTest
@RunAsClient
class SettingsContainerIT {
    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "shop", managed = false, testable = false)
    static WebArchive shop() {
        return Container.application(
                        "shop.war",
                        "parley.path=/live/rooms\nshop.limit=1000\nparley.limit.text=${shop.limit}\nparley.prot=1")
                .addClass(OwnChat.class)
                .setWebXML(new StringAsset("""
                        <web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.0'>
                          <context-param>
                            <param-name>parley.limit.text</param-name><param-value>2000</param-value>
                          </context-param>
                          <context-param>
                            <param-name>parley.limit.binary</param-name><param-value>3000</param-value>
                          </context-param>
                        </web-app>
                        """));
    }

    @Deployment(name = "moved", managed = false, testable = false)
    static WebArchive moved() {
        return Container.war()
                .addAsResource(new StringAsset("parley.path=/live"), "META-INF/microprofile-config.properties");
    }

    @Deployment(name = "own filter", managed = false, testable = false)
    static WebArchive ownFilter() {
        return Container.application("own-filter.war", "parley.path=/live")
                .addClass(OwnChat.class)
                .setWebXML(filterAt("/chat"));
    }

    @Deployment(name = "filter everywhere", managed = false, testable = false)
    static WebArchive filterEverywhere() {
        return Container.application("everywhere.war", "parley.path=/live")
                .addClasses(OwnPage.class)
                .setWebXML(filterAt("/*"));
    }

    /** It has the annotated endpoint. */
    @Deployment(name = "classes", managed = false, testable = false)
    static WebArchive classes() {
        return ShrinkWrap.create(WebArchive.class, "classes.war")
                .merge(Container.war(), path -> path.get().matches("/WEB-INF/(lib|classes).*"))
                .addClass(OwnPage.class)
                .addAsResource(new StringAsset("parley.path=/live"), "META-INF/microprofile-config.properties");
    }

    private static StringAsset filterAt(String pattern) {
        return new StringAsset("""
                <web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.0'>
                  <filter>
                    <filter-name>chat</filter-name>
                    <filter-class>dev.parley.endpoint.ChatFilter</filter-class>
                    <async-supported>true</async-supported>
                  </filter>
                  <filter-mapping>
                    <filter-name>chat</filter-name>
                    <url-pattern>%s</url-pattern>
                  </filter-mapping>
                </web-app>
                """.formatted(pattern));
    }

    @Deployment(name = "own endpoint", managed = false, testable = false)
    static WebArchive ownEndpoint() {
        return Container.application("own-endpoint.war", "").addClass(OwnChat.class);
    }

    @Deployment(name = "own servlet", managed = false, testable = false)
    static WebArchive ownServlet() {
        return Container.application("own-servlet.war", "").addClass(OwnPage.class);
    }

    @Deployment(name = "wrong path", managed = false, testable = false)
    static WebArchive wrongPath() {
        return Container.application("wrong-path.war", "parley.path=chat");
    }

    @Deployment(name = "wrong value", managed = false, testable = false)
    static WebArchive wrongValue() {
        return Container.application("wrong-value.war", "parley.burst=many");
    }

    @Deployment(name = "wrong expression", managed = false, testable = false)
    static WebArchive wrongExpression() {
        return Container.application("wrong-expression.war", "parley.jwt.secret=hush-hush-${absent.part}");
    }

    @Test
    void theSettingsOfTheApplicationHold() {
        deployer.deploy("shop");
        try {
            URI shop = Container.page().resolve("/shop/");
            URI endpoint = Container.chat().resolve("/shop/live/rooms");
            try (Person ann = Person.at(endpoint, Map.of("name", "ann"))) {
                assertThat(ann.welcome().getJsonObject("limits").getInt("text")).isEqualTo(1000);
                assertThat(ann.welcome().getJsonObject("limits").getInt("binary"))
                        .isEqualTo(3000);
            }
            assertThat(RawHttp.get(shop.resolve("parley/address.js")).body()).contains("\"../live/rooms\"");
            assertThat(RawHttp.get(shop.resolve("parley/parley.js")).status()).isEqualTo(200);
            try (RawClient own = RawClient.open(Container.chat().resolve("/shop/chat"))) {
                own.send("words");
                assertThat(own.await(Frame.TEXT).text()).isEqualTo("own words");
            }
        } finally {
            deployer.undeploy("shop");
        }
    }

    @Test
    void inParleysOwnArchiveThePathMovesAndNothingIsLeftBehind() {
        deployer.deploy("moved");
        try {
            String name = unique();
            try (Person ann = Person.at(Container.chat().resolve("/live"), Map.of("name", name))) {
                assertThat(ann.welcome().getString("user")).isEqualTo(name);
            }
            assertThat(RawHttp.get(Container.page().resolve("/chat")).status()).isEqualTo(404);
            assertThatThrownBy(() -> RawClient.open(Container.chat().resolve("/chat")))
                    .hasMessageContaining("404");
        } finally {
            deployer.undeploy("moved");
        }
    }

    @Test
    void aFilterOfTheApplicationIsAtThePathToo() {
        deployer.deploy("own filter");
        try {
            isGuarded("own-filter");
            try (RawClient own = RawClient.open(Container.chat().resolve("/own-filter/chat"))) {
                own.send("words");
                assertThat(own.await(Frame.TEXT).text()).isEqualTo("own words");
            }
        } finally {
            deployer.undeploy("own filter");
        }
    }

    @Test
    void aFilterForEverythingGuardsTheEndpointAlone() {
        deployer.deploy("filter everywhere");
        try {
            isGuarded("everywhere");
            hasItsOwnPage("everywhere");
            URI slash = Container.chat().resolve("/everywhere/live/");
            try (RawClient foreign = RawClient.ask(slash, "Origin: http://evil.example")) {
                assertThat(foreign.status()).isEqualTo(403);
            }
        } finally {
            deployer.undeploy("filter everywhere");
        }
    }

    @Test
    void besideTheAnnotatedEndpointTheApplicationHasItsOwnPage() {
        deployer.deploy("classes");
        try {
            isGuarded("classes");
            hasItsOwnPage("classes");
            try (RawClient left = RawClient.ask(Container.chat().resolve("/classes/chat"))) {
                assertThat(left.status()).isEqualTo(404);
            }
        } finally {
            deployer.undeploy("classes");
        }
    }

    private static void isGuarded(String application) {
        URI endpoint = Container.chat().resolve("/" + application + "/live");
        String name = unique();
        try (Person ann = Person.at(endpoint, Map.of("name", name));
                RawClient foreign = RawClient.ask(endpoint, "Origin: http://evil.example")) {
            assertThat(ann.welcome().getString("user")).isEqualTo(name);
            assertThat(foreign.status()).isEqualTo(403);
        }
    }

    private static void hasItsOwnPage(String application) {
        for (String path : List.of("chat", "chat/room")) {
            URI page = Container.page().resolve("/" + application + "/" + path);
            assertThat(RawHttp.get(page).body()).isEqualTo("own page");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "own endpoint, 'Parley cannot be at /chat, because the endpoint dev.parley.conformance.OwnChat of the application is there.'",
        "own servlet, 'Parley cannot be at /chat, because the servlet own-page of the application is there.'",
        "wrong path, 'parley.path is ''chat'' (from MicroProfile Config, source '",
        "wrong value, 'parley.burst is ''many'' (from MicroProfile Config, source '"
    })
    void theErrorOfTheDeploymentSaysWhy(String application, String sentence) {
        String error = "";
        try {
            deployer.deploy(application);
            deployer.undeploy(application);
        } catch (Exception e) {
            error = all(e);
        }
        assertThat(error).contains(sentence.strip()).doesNotContain("hush");
    }

    /** Payara 6 takes the rest as the value. */
    @Test
    void anExpressionThatCanNotBeResolvedEndsTheDeploymentAndShowsNoSecret() {
        theErrorOfTheDeploymentSaysWhy(
                "wrong expression",
                Container.name().equals("wildfly")
                        ? "parley.jwt.secret has an expression ${…} in MicroProfile Config that can't be resolved."
                        : "the secret for tokens has 10 bytes, but needs 32");
    }

    /** Guests of earlier runs may have a plain name. */
    private static String unique() {
        return "ann-" + UUID.randomUUID();
    }

    private static String all(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
