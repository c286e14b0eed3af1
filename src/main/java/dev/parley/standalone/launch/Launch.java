package dev.parley.standalone.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code java -jar parley.war} runs: unpacks the archive, because Weld finds no beans in an archive inside another,
 * and runs the standalone server from there.
 */
public final class Launch {
    private static final String MAIN = "dev.parley.cli.Cli";

    private Launch() {}

    public static void main(String... arguments) {
        try {
            Path archive = Path.of(Launch.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Unpacked unpacked = Unpacked.of(archive);
            // Its native library goes the same way as all else that is unpacked here.
            if (System.getProperty("org.sqlite.tmpdir") == null) {
                System.setProperty("org.sqlite.tmpdir", unpacked.folder().toString());
            }
            run(unpacked.classPath(), arguments);
        } catch (IOException | URISyntaxException e) {
            System.err.println("Parley can't be unpacked to " + System.getProperty("java.io.tmpdir") + ": "
                    + e.getMessage() + ". The option -Djava.io.tmpdir names another folder.");
            System.exit(1);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the archive isn't whole", e);
        }
    }

    private static void run(List<URL> classPath, String... arguments) throws ReflectiveOperationException {
        // Never closed: the server needs its classes until the JVM has ended.
        ClassLoader loader =
                new URLClassLoader("parley", classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        try {
            loader.loadClass(MAIN).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
