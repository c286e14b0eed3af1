package dev.parley.conformance;

import java.io.File;
import java.net.URI;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The container under test, as the build describes it in system properties. */
public final class Container {
    private Container() {}

    public static String name() {
        return System.getProperty("arquillian.launch");
    }

    public static URI chat() {
        return URI.create(System.getProperty("parley.chat"));
    }

    /** Where the page is, such as {@code http://127.0.0.1:8080/}. */
    public static URI page() {
        return URI.create("http://" + chat().getAuthority() + "/");
    }

    /** The archive as an application with the policy of the {@link Gatekeeper}. */
    public static WebArchive warWithPolicy() {
        return war().addClasses(Gatekeeper.class, Observed.class, Observed.InRequest.class);
    }

    /** The very archive that the build packaged. */
    public static WebArchive war() {
        return ShrinkWrap.create(ZipImporter.class, "parley.war")
                .importFrom(new File(System.getProperty("parley.war", "target/parley.war")))
                .as(WebArchive.class);
    }
}
