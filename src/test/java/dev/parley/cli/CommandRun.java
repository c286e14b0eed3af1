package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a command of {@code java -jar parley.war}, run as a user runs it, ended with.
 *
 * @param output on both streams
 */
record CommandRun(int exitCode, String output) {
    private static final int PATIENCE_SECONDS = 60;

    /** Runs a command to its end. */
    static CommandRun parley(String... arguments) throws IOException, InterruptedException {
        return parley(List.of(), arguments);
    }

    /** @param options of the JVM, such as {@code -Dparley.port=0} */
    static CommandRun parley(List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-jar");
        command.add(ServerProcess.war().toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new CommandRun(process.exitValue(), output);
    }
}
