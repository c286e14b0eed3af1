package dev.parley.webapp;

import dev.parley.conformance.LogIn;
import dev.parley.testing.container.ContainerProcess;
import dev.parley.testing.container.Distribution;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Login by a form, in a server that is a process of its own. */
@Timeout(120)
@DisabledIfSystemProperty(
        named = "server",
        matches = "liberty|glassfish|payara-micro",
        disabledReason = "an archive can't bring users to these servers, and the tests add none to their configuration")
class SignInServerIT implements SignInConformance {
    private static ContainerProcess server;
    private static Browser browser;

    @BeforeAll
    static void open(@TempDir Path folder, @TempDir Path archives) throws IOException {
        Distribution tested = Distribution.tested();
        WebArchive war = SignInConformance.withForm(ShrinkWrap.create(ZipImporter.class, "form.war")
                .importFrom(tested.archive().toFile())
                .as(WebArchive.class));
        tested.users(LogIn.NAME, LogIn.PASSWORD).forEach((path, text) -> war.add(new StringAsset(text), path));
        Path file = archives.resolve("form.war");
        war.as(ZipExporter.class).exportTo(file.toFile());
        server = new ContainerProcess(tested, file, SETTINGS, folder);
        server.start();
        browser = Browser.of(Engine.CHROMIUM);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.closeWindows();
        }
        if (server != null) {
            server.close();
        }
    }

    @Override
    public Browser browser() {
        return browser;
    }

    @Override
    public URI page() {
        return server.page();
    }
}
