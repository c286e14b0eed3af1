package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.parley.conformance.Container;
import dev.parley.conformance.LogIn;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The way from the page to the container's own login form, and back. */
@ArquillianTest
@RunAsClient
@Timeout(120)
class SignInContainerIT {
    private static final String FORM = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Sign in</title><link rel="icon" href="icon.svg"></head>
            <body><form method="post" action="j_security_check">
              <label>User <input name="j_username"></label>
              <label>Password <input name="j_password" type="password"></label>
              <button type="submit">Continue</button>
            </form></body></html>
            """;

    /** As the documents have it. */
    private static final String PROTECTED = """
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>sign-in</web-resource-name>
                  <url-pattern>/signed-in</url-pattern>
                </web-resource-collection>
                <auth-constraint>
                  <role-name>**</role-name>
                </auth-constraint>
              </security-constraint>
              <login-config>
                <auth-method>FORM</auth-method>
                <form-login-config>
                  <form-login-page>/login.html</form-login-page>
                  <form-error-page>/login.html</form-error-page>
                </form-login-config>
              </login-config>
            </web-app>
            """;

    private static Browser browser;

    @Deployment(name = "settings", order = 1, testable = false)
    static WebArchive settings() {
        return Container.settings("settings", Map.of("parley.guests", "false", "parley.signin", "signed-in"));
    }

    @Deployment(name = "parley", order = 2, testable = false)
    static WebArchive war() {
        return Container.warWith(PROTECTED).addAsWebResource(new StringAsset(FORM), "login.html");
    }

    @BeforeAll
    static void open() {
        browser = Browser.of(Engine.CHROMIUM);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.closeWindows();
        }
    }

    @Test
    void whoMustSignInIsLedToTheFormAndComesBackIntoTheRoom() {
        Visitor ann = new Visitor(browser.visit(Container.page()), "ann");
        Page page = ann.window().page();
        page.getByLabel("Your name").fill("ann");
        page.getByLabel("Room", new Page.GetByLabelOptions().setExact(true)).fill("office");
        ann.button("Join").click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in"))
                .click();

        page.getByLabel("User").fill(LogIn.NAME);
        page.getByLabel("Password").fill("wrong");
        ann.button("Continue").click();
        page.getByLabel("User").fill(LogIn.NAME);
        page.getByLabel("Password").fill(LogIn.PASSWORD);
        ann.button("Continue").click();

        assertThat(page.locator("#where")).hasText("as " + LogIn.NAME);
        assertThat(ann.open()).containsText("office");
        assertThat(page.url()).isEqualTo(Container.page().toString());
        Visitor clerk = new Visitor(ann.window(), LogIn.NAME);
        clerk.says("The desk is open");
        page.reload();
        clerk.says("It still is");
        assertThat(ann.window().complaints()).isEmpty();
    }
}
