package dev.parley.standalone;

import dev.parley.config.Settings;
import dev.parley.config.SettingsException;
import java.util.concurrent.CountDownLatch;

/** Runs Parley in a JVM of its own until the JVM gets SIGTERM or SIGINT. */
public final class Main {
    private Main() {}

    /** @param arguments must be empty: settings are system properties or environment variables */
    public static void main(String... arguments) {
        try {
            run(arguments);
        } catch (RuntimeException e) {
            System.err.println(Sentence.of(e));
            System.exit(1);
        } catch (InterruptedException e) {
            // Maven interrupts the main thread if its own run is cancelled.
            System.exit(1);
        }
    }

    private static void run(String... arguments) throws InterruptedException {
        if (arguments.length > 0) {
            throw new SettingsException(
                    "Parley takes no arguments: settings stand before -jar, such as -Dparley.port=8080.");
        }
        LogLevels.silence();
        Settings settings = Settings.ofSystem();
        Server server = Server.assemble(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "parley-stop"));
        server.listen();
        UnpackedFiles.remove();
        // The log says where the data is.
        System.out.printf("Parley listens on %s (WebSocket at %s)%n", server.page(), server.chat());
        // Waits until the JVM ends. If this method returned, Maven would close the class loader that the shutdown hook
        // still needs.
        new CountDownLatch(1).await();
    }
}
