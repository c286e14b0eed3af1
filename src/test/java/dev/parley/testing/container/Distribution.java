package dev.parley.testing.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A server as its makers hand it out, and how one starts it with what {@code server-config} says. Stateless. */
public interface Distribution {
    /** The one that the build names in the system property {@code server}. */
    static Distribution tested() {
        String name = System.getProperty("server");
        return switch (name) {
            case "tomcat" -> Tomcat.ELEVEN;
            case "jetty" -> new Jetty();
            case "liberty" -> new Liberty();
            case "glassfish" -> new GlassFish();
            case "payara-micro" -> new PayaraMicro();
            case "tomee" -> new TomEE();
            default -> throw new IllegalArgumentException("the tests know no server " + name);
        };
    }

    /** Those that have WebSocket and no CDI. */
    static List<Distribution> withoutInjection() {
        return List.of(Tomcat.TEN, Tomcat.ELEVEN, new Jetty());
    }

    /** Which of the archives of the build is for it. */
    Path archive();

    /**
     * Makes a configuration of its own, with one application.
     *
     * @param folder an empty one, for all that the server writes
     * @param war the application, to be at the root
     * @param port of HTTP on the loopback address
     * @return what stands behind {@code java} and its options in the command that starts it
     */
    List<String> configure(Path folder, Path war, int port) throws IOException;

    /** The environment variables that it needs. @param folder as in {@link #configure} */
    default Map<String, String> environment(Path folder) {
        return Map.of();
    }

    /** Where the data are kept if no setting says otherwise, below the folder. */
    default Path data() {
        return Path.of("parley-data");
    }

    /** The file that it logs to, below the folder; empty if it prints its log. */
    default Optional<Path> logFile() {
        return Optional.empty();
    }

    /** Whether the application is deployed, or was tried and can't be. */
    boolean isReady(String log);

    /** Whether {@code /chat} may answer only some time after {@link #isReady}. */
    default boolean answersLater() {
        return false;
    }

    /** Where it looks for the application at the root, below the folder; a file that is removed there is undeployed. */
    default Path deployed() {
        return Path.of("webapps", "ROOT.war");
    }

    /**
     * What an archive needs for a user who can log in to it in this server: texts, by their paths in the archive.
     *
     * @param password without characters that XML escapes
     */
    default Map<String, String> users(String name, String password) throws IOException {
        throw new UnsupportedOperationException("the tests know no way to users in " + this);
    }

    /** Copies a folder with all that is in it; files that are there already are replaced. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Where the server was unpacked to. */
    static Path home(String name) {
        return Path.of(System.getProperty("servers." + name));
    }

    /** A file of {@code server-config}. */
    static Path configuration(String file) {
        return Path.of(System.getProperty("server.config"), file);
    }
}
