package dev.parley.cli;

import dev.parley.log.Backup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes all rooms into one file. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Writes all messages of a server into one file. The server may run meanwhile.",
            "A copy of parley.db made in another way lacks the newest messages."
        })
final class BackupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Parameters(paramLabel = "FILE", description = "The file to write. It must not exist.")
    private Path file;

    @Override
    public Integer call() {
        Backup.Contents contents = Backup.write(data.folder(), file.toAbsolutePath());
        spec.commandLine()
                .getOut()
                .printf("%s holds %s now (%d bytes).%n", file, Messages.of(contents), contents.bytes());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
