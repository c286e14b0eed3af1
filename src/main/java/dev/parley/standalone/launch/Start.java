package dev.parley.standalone.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * Unpacks the archive, because Weld finds no beans in an archive inside another one, and runs the standalone server
 * from the unpacked files. The server deletes them when it no longer needs them (see {@link Unpacked}).
 */
public final class Start {
    private static final String MAIN = "dev.parley.cli.Cli";
    private static final String FILES = "dev.parley.standalone.UnpackedFiles";
    private static final String SQLITE = "org.sqlite.tmpdir";

    private Start() {}

    public static void main(String... arguments) {
        try {
            Path archive = Path.of(Start.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Unpacked unpacked = Unpacked.of(archive);
            // SQLite's native library is put into the same folder and deleted with it.
            if (System.getProperty(SQLITE) == null) {
                System.setProperty(SQLITE, unpacked.folder().toString());
            }
            run(unpacked, arguments);
        } catch (IOException | URISyntaxException e) {
            System.err.println("Parley can't be unpacked to " + System.getProperty("java.io.tmpdir") + ": "
                    + e.getMessage() + ". The option -Djava.io.tmpdir names another folder.");
            System.exit(1);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the archive is incomplete", e);
        }
    }

    private static void run(Unpacked unpacked, String... arguments) throws ReflectiveOperationException {
        ClassLoader loader = unpacked.loader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.loadClass(FILES)
                    .getMethod("are", Path.class, Runnable.class)
                    .invoke(null, unpacked.page(), (Runnable) unpacked::remove);
            loader.loadClass(MAIN).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
