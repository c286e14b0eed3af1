package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.parley.conformance.Container;
import dev.parley.conformance.LogIn;
import java.net.URI;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** The way from the page to the container's own login form, and back. */
interface SignInConformance {
    Map<String, String> SETTINGS = Map.of("parley.guests", "false", "parley.signin", "signed-in");

    String FORM = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Sign in</title><link rel="icon" href="icon.svg"></head>
            <body><form method="post" action="j_security_check">
              <label>User <input name="j_username"></label>
              <label>Password <input name="j_password" type="password"></label>
              <button type="submit">Continue</button>
            </form></body></html>
            """;

    /** As the documents have it. */
    String PROTECTED = """
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

    Browser browser();

    /** Of a server with the {@link #SETTINGS} and an archive {@link #withForm}. */
    URI page();

    /** This archive, with a login form. */
    static WebArchive withForm(WebArchive war) {
        return Container.with(war, PROTECTED).addAsWebResource(new StringAsset(FORM), "login.html");
    }

    @Test
    default void whoMustSignInIsLedToTheFormAndComesBackIntoTheRoom() {
        Visitor ann = new Visitor(browser().visit(page()), "ann");
        Page window = ann.window().page();
        window.getByLabel("Your name").fill("ann");
        window.getByLabel("Room", new Page.GetByLabelOptions().setExact(true)).fill("office");
        ann.button("Join").click();
        window.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in"))
                .click();

        window.getByLabel("User").fill(LogIn.NAME);
        window.getByLabel("Password").fill("wrong");
        ann.button("Continue").click();
        window.getByLabel("User").fill(LogIn.NAME);
        window.getByLabel("Password").fill(LogIn.PASSWORD);
        ann.button("Continue").click();

        assertThat(window.locator("#where")).hasText("as " + LogIn.NAME);
        assertThat(ann.open()).containsText("office");
        assertThat(window.url()).isEqualTo(page().toString());
        Visitor clerk = new Visitor(ann.window(), LogIn.NAME);
        clerk.says("The desk is open");
        window.reload();
        clerk.says("It still is");
        assertThat(ann.window().complaints()).isEmpty();
    }
}
