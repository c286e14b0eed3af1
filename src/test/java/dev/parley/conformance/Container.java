package dev.parley.conformance;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
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

    /**
     * An application that changes settings of the server for as long as it is deployed. It is deployed before the archive.
     *
     * @param name of the application, such as {@code rules}
     * @param settings the values by their names
     */
    public static WebArchive settings(String name, Map<String, String> settings) {
        String lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClass(SystemProperty.class)
                .addAsWebInfResource(new StringAsset(lines), SystemProperty.FILE);
    }

    /**
     * An application with Parley among its libraries, and a context path of its own.
     *
     * @param name of the archive, such as {@code shop.war}
     * @param settings its {@code microprofile-config.properties}
     */
    public static WebArchive application(String name, String settings) {
        return ShrinkWrap.create(WebArchive.class, name)
                .merge(war(), path -> path.get().startsWith("/WEB-INF/lib"))
                .addAsLibrary(new File("target/parley-classes.jar"))
                .addAsResource(new StringAsset(settings), "META-INF/microprofile-config.properties");
    }

    /** The archive as an application with the policy of the {@link Gatekeeper}. */
    public static WebArchive warWithPolicy() {
        return war().addClasses(Gatekeeper.class, Observed.class, Observed.InRequest.class);
    }

    /** The archive with more at the end of its {@code web.xml}, where {@code more} ends the file. */
    public static WebArchive warWith(String more) {
        return with(war(), more);
    }

    /** This archive with more at the end of its {@code web.xml}. */
    public static WebArchive with(WebArchive war, String more) {
        try (InputStream in = war.get("WEB-INF/web.xml").getAsset().openStream()) {
            String own = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return war.setWebXML(new StringAsset(own.replace("</web-app>", more)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The very archive that the build packaged. */
    public static WebArchive war() {
        return ShrinkWrap.create(ZipImporter.class, "parley.war")
                .importFrom(new File(System.getProperty("parley.war", "target/parley.war")))
                .as(WebArchive.class);
    }
}
