package dev.parley.cli;

import dev.parley.standalone.Main;
import picocli.CommandLine.Command;

/** Runs the standalone server, as the program does without a command. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the server until it is told to end. Settings are system properties before -jar, such as -Dparley.port=8080,",
            "or environment variables."
        })
final class ServeCommand implements Runnable {
    @Override
    public void run() {
        Main.main();
    }
}
