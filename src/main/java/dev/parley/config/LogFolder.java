package dev.parley.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * Finds the folder for the log of an application: {@code parley.data}, or else {@code parley-data} below the data
 * folder of its container. The application at the root context, and the standalone server, use that folder itself. Any
 * other application has its own folder inside it, so that two applications of one server never open the same log.
 * Stateless.
 */
final class LogFolder {
    /**
     * The system properties with the data folder of a container: WildFly's, Payara's and GlassFish's, Tomcat's and TomEE's,
     * Jetty's, then Open Liberty's.
     */
    private static final List<String> CONTAINER_FOLDERS = List.of(
            "jboss.server.data.dir", "com.sun.aas.instanceRoot", "catalina.base", "jetty.base", "server.output.dir");
    /** Those that earlier versions did not know. */
    private static final List<String> ADDED = List.of("catalina.base", "jetty.base", "server.output.dir");

    private LogFolder() {}

    /**
     * @param application empty for the application at the root context
     * @throws SettingsException if nothing is set and the container's folder is temporary
     */
    static Path of(SettingSource source, Map<String, String> properties, String application) {
        Path base = source.isSet(Setting.DATA) ? source.path(Setting.DATA) : byDefault(properties);
        return application.isEmpty() ? base : of(base, application);
    }

    /**
     * The folder where the server was started, in which earlier versions kept the log in Tomcat, TomEE, Jetty and Liberty. It is never used
     * by default.
     *
     * @param data the folder that is used
     * @return empty if no such folder exists, if it is the one that is used, or if one is set
     */
    static Optional<Path> former(SettingSource source, Map<String, String> properties, Path data, String application) {
        Path where = Path.of(properties.getOrDefault("user.dir", ""), Setting.DATA.fallback())
                .toAbsolutePath()
                .normalize();
        Path former = application.isEmpty() ? where : of(where, application);
        boolean isUnused = !source.isSet(Setting.DATA)
                && ADDED.stream().anyMatch(properties::containsKey)
                && !real(former).equals(real(data));
        return isUnused && Files.isDirectory(former) ? Optional.of(former) : Optional.empty();
    }

    private static Path of(Path base, String application) {
        String before = escaped(application, LogFolder::wasKept);
        return base.resolve(holds(base, before) ? before : escaped(application, LogFolder::isKept));
    }

    /**
     * Not {@link Files#exists}: on a file system that ignores case, that would find the folder of another application.
     */
    private static boolean holds(Path base, String folder) {
        try (Stream<Path> folders = Files.list(base)) {
            return folders.anyMatch(each -> each.getFileName().toString().equals(folder));
        } catch (IOException noFolderYet) {
            return false;
        }
    }

    private static Path byDefault(Map<String, String> properties) {
        Optional<Path> parent = CONTAINER_FOLDERS.stream()
                .map(name -> properties.getOrDefault(name, ""))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .findFirst();
        parent.filter(folder -> isTemporary(folder, properties)).ifPresent(folder -> {
            throw new SettingsException(
                    ("%s is not set, and this server keeps its data below the temporary folder, in %s, where it would be"
                                    + " lost: set %s to a permanent folder.")
                            .formatted(Setting.DATA.key(), folder, Setting.DATA.key()));
        });
        return parent.orElse(Path.of(""))
                .resolve(Setting.DATA.fallback())
                .toAbsolutePath()
                .normalize();
    }

    /**
     * Payara Micro 6 and WildFly's bootable JAR unpack themselves into the temporary folder, into a new folder at each
     * start.
     */
    static boolean isTemporary(Path folder, Map<String, String> properties) {
        String temporary = properties.getOrDefault("java.io.tmpdir", "");
        return !temporary.isEmpty() && real(folder).startsWith(real(Path.of(temporary)));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    /**
     * Lower-case letters, digits, {@code _} and {@code -} are kept; all other bytes are written like {@code %2F}. So
     * two names are always two folders, even if the file system treats {@code Shop} and {@code shop} as one name.
     */
    private static boolean isKept(int b) {
        return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '_' || b == '-';
    }

    /** Earlier versions kept capital letters too. Such a folder is still used if it exists. */
    private static boolean wasKept(int b) {
        return isKept(b) || b >= 'A' && b <= 'Z';
    }

    private static String escaped(String application, IntPredicate kept) {
        StringBuilder name = new StringBuilder();
        for (byte b : application.getBytes(StandardCharsets.UTF_8)) {
            if (kept.test(b)) {
                name.append((char) b);
            } else {
                name.append("%%%02X".formatted(b & 0xFF));
            }
        }
        return name.toString();
    }
}
