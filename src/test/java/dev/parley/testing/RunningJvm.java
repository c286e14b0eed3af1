package dev.parley.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Another Java program on this machine, looked at with the JDK's own {@code jcmd}. Immutable. */
public record RunningJvm(long pid) {
    private static final String JCMD =
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();

    /**
     * The one whose command line names this folder. {@code jcmd -l} doesn't list Payara.
     *
     * @throws IllegalStateException unless there is exactly one
     */
    public static RunningJvm of(Path home) {
        List<Long> found = ProcessHandle.allProcesses()
                .filter(process -> isJava(commandLine(process), home))
                .map(ProcessHandle::pid)
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException("the JVMs of " + home + " are " + found);
        }
        return new RunningJvm(found.get(0));
    }

    private static boolean isJava(String commandLine, Path home) {
        String program = commandLine.split("[\0 ]", 2)[0];
        return program.matches("(.*[/\\\\])?java(\\.exe)?") && commandLine.contains(home.toString());
    }

    /** On Linux {@link ProcessHandle} knows neither it nor the program where it is longer than a page of memory, as Payara's. */
    private static String commandLine(ProcessHandle process) {
        Path whole = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        try {
            return Files.exists(whole)
                    ? Files.readString(whole, StandardCharsets.ISO_8859_1)
                    : process.info().commandLine().orElse("");
        } catch (IOException ended) {
            return "";
        }
    }

    /** A system property; null where it is not set. */
    public String property(String name) {
        String start = name + "=";
        return ask("VM.system_properties")
                .lines()
                .filter(line -> line.startsWith(start))
                // Written as in a file of properties.
                .map(line -> line.substring(start.length()).replaceAll("\\\\(.)", "$1"))
                .findAny()
                .orElse(null);
    }

    /** Runs a full collection, which also unloads classes. */
    public void collectGarbage() {
        ask("GC.run");
    }

    /** How many class loaders have loaded a class of this name and are not unloaded. */
    public long loadersOf(Class<?> type) {
        return ask("VM.class_hierarchy", type.getName())
                .lines()
                .filter(line -> line.contains(type.getName() + "/"))
                .count();
    }

    /** The names of the threads that start so. */
    public List<String> threads(String prefix) {
        String start = '"' + prefix;
        return ask("Thread.print")
                .lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .toList();
    }

    private String ask(String... question) {
        return Command.run(Stream.concat(Stream.of(JCMD, Long.toString(pid)), Stream.of(question))
                .toArray(String[]::new));
    }
}
