package dev.parley.conformance;

import java.net.URI;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The daily quotas in a container, where a bean of the application can give more. */
@ArquillianTest
@RunAsClient
class DailyQuotaContainerIT extends Guests implements DailyQuotaConformance {
    @Deployment(name = "quotas", order = 1, testable = false)
    static WebArchive settings() {
        String lines = SETTINGS.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
        return ShrinkWrap.create(WebArchive.class, "quotas.war")
                .addClass(SystemProperty.class)
                .addAsWebInfResource(new StringAsset(lines), SystemProperty.FILE);
    }

    @Deployment(name = "parley", order = 2, testable = false)
    static WebArchive war() {
        return Container.warWithPolicy();
    }

    @Override
    public URI chat() {
        return Container.chat();
    }

    @Override
    public String server() {
        return Container.name();
    }
}
