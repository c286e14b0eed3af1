package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.parley.conformance.Container;
import java.nio.file.Path;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The very file of the shop several times in one server: under two names, and as modules of an EAR. */
@ArquillianTest
@RunAsClient
@Timeout(240)
class ExamplesTogetherContainerIT {
    private static Browser browser;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "boutique", managed = false, testable = false)
    static WebArchive boutique() {
        return shop("boutique");
    }

    @Deployment(name = "bazaar", managed = false, testable = false)
    static WebArchive bazaar() {
        return shop("bazaar");
    }

    @Deployment(name = "mall", managed = false, testable = false)
    static EnterpriseArchive mall() {
        return ShrinkWrap.create(EnterpriseArchive.class, "mall.ear")
                .addAsModule(shop("shop"))
                .addAsModule(shop("outlet"))
                .setApplicationXML(new StringAsset("""
                        <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
                          <module><web><web-uri>shop.war</web-uri><context-root>/mall/shop</context-root></web></module>
                          <module><web><web-uri>outlet.war</web-uri><context-root>/mall</context-root></web></module>
                        </application>
                        """));
    }

    /** Its module has the context path of its name. */
    @Deployment(name = "plaza", managed = false, testable = false)
    static EnterpriseArchive plaza() {
        return ShrinkWrap.create(EnterpriseArchive.class, "plaza.ear").addAsModule(shop("kiosk"));
    }

    private static WebArchive shop(String name) {
        return ShopPage.example("shop", "shop", name);
    }

    @BeforeAll
    static void open() {
        browser = Browser.of(Engine.CHROMIUM);
    }

    @AfterEach
    void close() {
        browser.closeWindows();
    }

    @Test
    void twoShopsInOneServerHaveTheirOwnLoginOrdersAndRooms() {
        deployer.deploy("boutique");
        deployer.deploy("bazaar");
        try {
            areTwoShops("boutique", "bazaar");
            anEndOfOneIsNoneOfTheOther();
        } finally {
            deployer.undeploy("boutique");
            deployer.undeploy("bazaar");
        }
    }

    @Test
    void twoShopsInOneEarHaveTheirOwnLoginOrdersAndRooms() {
        deployer.deploy("mall");
        try {
            areTwoShops("mall/shop", "mall");
        } finally {
            deployer.undeploy("mall");
        }
        deployer.deploy("mall");
        try {
            for (String shop : List.of("mall/shop", "mall")) {
                ShopPage ann = at(shop, "ann");
                ann.seesState(1, "On its way");
                ann.seesLines(1, "ShopThe tea pot is on its way.");
            }
        } finally {
            deployer.undeploy("mall");
        }
    }

    @Test
    void aShopInAnEarShipsAnOrder() {
        deployer.deploy("plaza");
        try {
            at("kiosk", "clerk").ships(1);
            ShopPage ann = at("kiosk", "ann");
            ann.seesState(1, "On its way");
            ann.seesLines(1, "ShopThe tea pot is on its way.");
            assertThat(ann.ids(1)).startsWith("outbox:").doesNotContain(",");
            assertThat(folder("kiosk")).isDirectory();
            assertThat(folder("plaza")).doesNotExist();
        } finally {
            deployer.undeploy("plaza");
        }
    }

    private void areTwoShops(String one, String other) {
        ShopPage ann = at(one, "ann");
        ShopPage annToo = at(other, "ann");
        at(one, "clerk").ships(1);
        ann.seesState(1, "On its way");
        ann.seesLines(1, "ShopThe tea pot is on its way.");
        assertThat(ann.ids(1)).startsWith("outbox:").doesNotContain(",");

        annToo.page().reload();
        annToo.seesState(1, "Being packed");
        assertThat(annToo.ids(1)).isEmpty();
        ShopPage clerkToo = at(other, "clerk");
        clerkToo.ships(3);
        clerkToo.seesProblem("There is no golden cup left.");
        // What was sent before the rollback is not there: the next entry is the first one.
        annToo.writes(3, "I can wait.");
        clerkToo.seesLines(3, "annI can wait.");
        assertThat(ann.ids(3)).isEmpty();
        clerkToo.ships(1);
        annToo.seesLines(1, "ShopThe tea pot is on its way.");
        assertThat(clerkToo.page().locator("#load")).hasText("2 orders wait.");
        assertThat(annToo.ids(1)).startsWith("outbox:").doesNotContain(",").isNotEqualTo(ann.ids(1));

        // Its settings hold: nobody is a guest.
        Page stranger =
                browser.visit(Container.page().resolve(other + "/index.html")).page();
        assertThat((String) stranger.evaluate("""
                async () => {
                  const { ParleyClient } = await import("./parley/parley.js");
                  return new ParleyClient().connect({ name: "ann" }).then(() => "welcome", (error) => error.code);
                }""")).isEqualTo("unauthorized");
        ann.page().navigate(Container.page().resolve(other + "/orders.html").toString());
        assertThat(ann.page().getByLabel("Password")).isVisible();
        assertThat(ann.window().complaints()).isEmpty();
        assertThat(annToo.window().complaints()).isEmpty();
        for (String shop : List.of(one, other)) {
            assertThat(folder(shop.replace("/", "%2F"))).isDirectory();
        }
    }

    private void anEndOfOneIsNoneOfTheOther() {
        at("boutique", "clerk").ships(2);
        ShopPage bob = at("bazaar", "bob");
        bob.writes(2, "Hello");
        bob.seesLines(2, "bobHello");
        deployer.undeploy("boutique");
        bob.writes(2, "Still here");
        bob.seesLines(2, "bobHello", "bobStill here");
        deployer.deploy("boutique");
        ShopPage bobToo = at("boutique", "bob");
        bobToo.seesLines(2, "ShopThe tea pot is on its way.");
        assertThat(bobToo.ids(2)).doesNotContain(",");
        at("bazaar", "clerk").ships(2);
        bob.seesLines(2, "bobHello", "bobStill here", "ShopThe tea pot is on its way.");
        assertThat(bob.connections()).hasValue(1);
        assertThat(bob.window().complaints()).isEmpty();
        bobToo.seesLines(2, "ShopThe tea pot is on its way.");
    }

    private static ShopPage at(String shop, String user) {
        return ShopPage.open(browser, shop, user);
    }

    /** The data folder of the application with this name. */
    private static Path folder(String name) {
        Path data = Container.name().equals("wildfly")
                ? Path.of(System.getenv("JBOSS_HOME"), "standalone", "data")
                : Path.of(System.getenv("PAYARA_HOME"), "glassfish", "domains", "domain1");
        return data.resolve("parley").resolve(name);
    }
}
