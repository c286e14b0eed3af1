package dev.parley.cli;

import dev.parley.log.sqlite.Restore;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Replaces all rooms with those of a backup. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Replaces all messages of a server by those in a file of the command backup. The server must be stopped.",
            "The messages that were there before are kept in a file beside the new ones."
        })
final class RestoreCommand extends LogCommand {
    @Parameters(paramLabel = "FILE", description = "The file to read. It is not changed.")
    private Path file;

    @Override
    void run(Path folder, PrintWriter out) {
        Restore.Restored restored = Restore.restore(file, folder);
        out.printf("%s holds %s now.%n", folder, Messages.of(restored.contents()));
        restored.kept().ifPresent(kept -> out.printf("What it held before is in %s.%n", kept));
        if (restored.isPlainCopy()) {
            out.printf(
                    "%s is a copy of parley.db without parley.db-wal: if the server ran when it was made, the newest"
                            + " messages are missing.%n",
                    file);
        }
        out.println("The log has a new epoch: clients that come back load their rooms anew.");
    }
}
