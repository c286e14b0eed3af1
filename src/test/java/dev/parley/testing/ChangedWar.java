package dev.parley.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The WAR of this build, with classes of the tests in it: so a test replaces a part of the product. */
public final class ChangedWar {
    private ChangedWar() {}

    /**
     * Writes the changed WAR.
     *
     * @param target a new file
     * @param tests any class of the tests
     * @param added class files and folders below the tests' classes, such as {@code dev/parley/log/h2}
     * @param libraries a class of each library that is added
     */
    public static Path write(Path target, Class<?> tests, List<String> added, Class<?>... libraries) {
        try {
            Files.copy(ServerProcess.war(), target);
            try (FileSystem archive = FileSystems.newFileSystem(target)) {
                for (String each : added) {
                    addClasses(place(tests), each, archive.getPath("WEB-INF/classes"));
                }
                for (Class<?> library : libraries) {
                    Path jar = place(library);
                    Files.copy(
                            jar,
                            archive.getPath("WEB-INF/lib")
                                    .resolve(jar.getFileName().toString()));
                }
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addClasses(Path tests, String added, Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(tests.resolve(added))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = classes.resolve(tests.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static Path place(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
