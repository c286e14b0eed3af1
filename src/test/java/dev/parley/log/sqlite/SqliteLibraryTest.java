package dev.parley.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.log.durable.GroupCommitLog;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The copy of SQLite's library that each deployment loads. */
class SqliteLibraryTest {
    private static final String DRIVERS_FOLDER = "org.sqlite.tmpdir";

    @TempDir
    Path data;

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"java.io.tmpdir", DRIVERS_FOLDER})
    void noFileOfALoadedLibraryIsLeft(String setting) throws Exception {
        String ownBefore = System.getProperty(DRIVERS_FOLDER);
        String before = System.setProperty(setting, temporary.toString());
        String driversFolder = System.getProperty(DRIVERS_FOLDER);
        URL[] places = {
            LogProcess.place(GroupCommitLog.class).toUri().toURL(),
            LogProcess.place(Deployment.class).toUri().toURL(),
            LogProcess.place(org.sqlite.JDBC.class).toUri().toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
                AutoCloseable deployed = (AutoCloseable) loader.loadClass(Deployment.class.getName())
                        .getConstructor(Path.class)
                        .newInstance(data)) {
            assertThat(deployed).asString().startsWith("entry 1");
            assertThat(temporary).isEmptyDirectory();
            assertThat(System.getProperty(DRIVERS_FOLDER)).isEqualTo(driversFolder);
        } finally {
            restore(setting, before);
            restore(DRIVERS_FOLDER, ownBefore);
        }
    }

    private static void restore(String name, String before) {
        if (before == null) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, before);
        }
    }
}
