package dev.parley.cli;

import dev.parley.config.SettingsException;
import dev.parley.message.ParleyException;
import dev.parley.standalone.Main;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of {@code java -jar parley.war}. */
@Command(
        name = "parley",
        mixinStandardHelpOptions = true,
        description = "Rooms, chat and live updates over WebSocket. Without a command, the server is run.",
        subcommands = {
            ServeCommand.class,
            LoadCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            AuditCommand.class,
            ExportCommand.class,
            EraseCommand.class,
            TokenCommand.class
        })
public final class Cli implements Runnable {
    private Cli() {}

    /** @param arguments a command and its options, or none to run the server */
    public static void main(String... arguments) {
        if (arguments.length == 0) {
            // The usual case skips the parsing of options, to save time.
            Main.main();
            return;
        }
        CommandLine commands = new CommandLine(new Cli());
        commands.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof IOException
                    || failure instanceof ParleyException
                    || failure instanceof SettingsException) {
                command.getErr().println("parley: " + failure.getMessage());
                return 2;
            }
            throw failure;
        });
        System.exit(commands.execute(arguments));
    }

    @Override
    public void run() {
        Main.main();
    }
}
