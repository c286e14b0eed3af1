package dev.parley.webapp;

import dev.parley.testing.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A script of {@code src/test/js} that runs in Node.js, with the page's own modules beside it. For one thread.
 *
 * <p>It runs on a copy in {@code target}: Node takes files named {@code .js} for modules only where a
 * {@code package.json} says so, and none shall be served with the page.
 */
final class Script implements AutoCloseable {
    private static final int OLDEST = 20;
    /** From here on, programs have a {@code WebSocket} without asking for it. */
    private static final int HAS_WEB_SOCKET = 22;

    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*");
    private static final List<Path> SOURCES = List.of(Path.of("src", "main", "webapp"), Path.of("src", "test", "js"));
    /** Of this process alone: tests run in several at a time. */
    private static final Path COPY =
            Path.of("target", "script-" + ProcessHandle.current().pid());

    private final Process process;
    private final BufferedReader output;
    private final StringBuilder read = new StringBuilder();

    private Script(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Skips the test where there is no Node.js that is new enough, and fails it where CI is {@code true}. */
    static void assumePossible() {
        Needs.that(
                version().filter(major -> major >= OLDEST).isPresent(),
                "the scripts of the page",
                "Node.js " + OLDEST + " or newer");
    }

    /**
     * Starts Node.js.
     *
     * @param chat the WebSocket that the script finds in {@code PARLEY_CHAT}
     * @param arguments of Node.js, files among them relative to the base of the source tree
     */
    static Script start(String chat, String... arguments) throws IOException {
        copySources();
        List<String> command = new ArrayList<>(List.of("node", "--no-warnings"));
        if (version().orElseThrow() < HAS_WEB_SOCKET) {
            command.add("--experimental-websocket");
        }
        command.addAll(List.of(arguments));
        ProcessBuilder node = new ProcessBuilder(command).directory(COPY.toFile());
        node.environment().put("PARLEY_CHAT", chat);
        return new Script(node.redirectErrorStream(true).start());
    }

    /**
     * Reads on until a line matches.
     *
     * @throws AssertionError with all that it printed, when it ends before
     */
    Matcher awaitLine(Pattern pattern) throws IOException {
        for (String line = nextLine(); line != null; line = nextLine()) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches()) {
                return matcher;
            }
        }
        throw new AssertionError("no line like " + pattern + ": " + read);
    }

    void writeLine(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Reads to the end. @return all that it printed */
    String awaitSuccess() throws IOException, InterruptedException {
        while (nextLine() != null) {
            // All is kept.
        }
        int code = process.waitFor();
        if (code != 0) {
            throw new AssertionError("exit code " + code + ": " + read);
        }
        return read.toString();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String nextLine() throws IOException {
        String line = output.readLine();
        if (line != null) {
            read.append(line).append('\n');
        }
        return line;
    }

    private static Optional<Integer> version() {
        try {
            Process node = new ProcessBuilder("node", "--version").start();
            try (InputStream answer = node.getInputStream()) {
                Matcher version = VERSION.matcher(new String(answer.readAllBytes(), StandardCharsets.UTF_8).strip());
                boolean ended = node.waitFor(10, TimeUnit.SECONDS);
                return ended && version.matches() ? Optional.of(Integer.valueOf(version.group(1))) : Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static void copySources() throws IOException {
        for (Path source : SOURCES) {
            Path target = COPY.resolve(source);
            Files.createDirectories(target);
            try (Stream<Path> files = Files.list(source)) {
                files.filter(file -> file.toString().endsWith(".js")).forEach(file -> copy(file, target));
            }
        }
        Files.writeString(COPY.resolve("package.json"), "{\"type\":\"module\"}\n");
    }

    private static void copy(Path file, Path folder) {
        try {
            Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
