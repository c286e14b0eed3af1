package dev.parley.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works on the files of a log, without a server, and says in a few lines what it did. */
abstract class LogCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Override
    public final Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        run(data.folder(), out);
        out.flush();
        return 0;
    }

    /** @param folder of the log */
    abstract void run(Path folder, PrintWriter out);
}
