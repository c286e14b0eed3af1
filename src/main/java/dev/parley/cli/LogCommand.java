package dev.parley.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that works on the files of a log without a server, and prints its result in a few lines. */
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

    /** @param folder the folder of the log */
    abstract void run(Path folder, PrintWriter out);
}
