package dev.parley.cli;

import dev.parley.config.Settings;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the data folder of a command. */
final class DataOption {
    @Option(
            names = {"-d", "--data"},
            paramLabel = "FOLDER",
            description = {
                "The server's data folder: the value of its setting parley.data. The server logs it when it starts.",
                "Default: the setting parley.data of this command, or else the folder parley-data in the working folder."
            })
    private Path folder;

    Path folder() {
        return folder == null
                ? Settings.ofSystem().data()
                : folder.toAbsolutePath().normalize();
    }
}
