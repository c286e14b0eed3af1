package dev.parley.cli;

import dev.parley.log.sqlite.Export;
import dev.parley.wire.MessageJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes everything of one user into a file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes everything that a server has of one user into a file: its messages, with files in Base64, its read marks"
                    + " and its names. Each is a line of JSON. The server may run meanwhile.",
        })
final class ExportCommand extends LogCommand {
    @Mixin
    private UserOption user;

    @Parameters(paramLabel = "FILE", description = "The file to write. It must not exist.")
    private Path file;

    @Override
    void run(Path folder, PrintWriter out) {
        Export.Contents contents = Export.write(folder, user.user(), file.toAbsolutePath(), MessageJson::write);
        out.printf(
                "%s holds %s, %s and %s.%n",
                file,
                Messages.counted(contents.entries(), "message"),
                Messages.counted(contents.marks(), "read mark"),
                Messages.counted(contents.names(), "name"));
    }
}
