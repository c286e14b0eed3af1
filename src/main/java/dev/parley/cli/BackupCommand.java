package dev.parley.cli;

import dev.parley.log.sqlite.Backup;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes all rooms into one file. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Writes all messages of a server into one file. The server may run meanwhile.",
            "A copy of parley.db made in another way lacks the newest messages."
        })
final class BackupCommand extends LogCommand {
    @Parameters(paramLabel = "FILE", description = "The file to write. It must not exist.")
    private Path file;

    @Override
    void run(Path folder, PrintWriter out) {
        Backup.Contents contents = Backup.write(folder, file.toAbsolutePath());
        out.printf("%s holds %s now (%d bytes).%n", file, Messages.of(contents), contents.bytes());
    }
}
