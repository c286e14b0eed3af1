package dev.parley.log.sqlite;

import dev.parley.log.ErasureScope;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.Speaker;
import dev.parley.message.Body;
import dev.parley.message.ParleyException;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * A Java process of its own that speaks into a log without end and prints what becomes of each draft: {@code open}, then
 * {@code said room seq id} or {@code refused id}. Thread-safe on the side of the test.
 */
final class LogProcess implements AutoCloseable {
    /** In place of rules: it begins to erase the speaker when it starts. */
    static final String ERASE = "erase";

    private static final int UNDER_WAY = 16;
    private static final List<String> ROOMS = List.of("lobby", "garden", "attic");

    private final Process process;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Thread reading = new Thread(this::read);

    LogProcess(Path folder) throws IOException {
        this(folder, "");
    }

    /** @param rules about what is kept */
    LogProcess(Path folder, String rules) throws IOException {
        String classPath =
                place(GroupCommitLog.class) + ":" + place(LogProcess.class) + ":" + place(org.sqlite.JDBC.class);
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx128m",
                        // A killed process leaves its copy of SQLite behind.
                        "-Dorg.sqlite.tmpdir=" + folder,
                        "-cp",
                        classPath,
                        LogProcess.class.getName(),
                        folder.toString(),
                        rules)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        reading.start();
    }

    static Path place(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            // A line that a kill cut in two is told from a whole one by its last word.
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.endsWith(".")) {
                    lines.add(line.substring(0, line.length() - 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> lines(String word) {
        return lines.stream().filter(line -> line.startsWith(word + " ")).toList();
    }

    long pid() {
        return process.pid();
    }

    /** Ends it at once, by SIGKILL. All that it printed is in {@link #lines} then. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
            reading.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    int awaitExit() throws InterruptedException {
        int status = process.waitFor();
        reading.join();
        return status;
    }

    public static void main(String[] args) {
        GroupCommitLog log;
        try {
            log = SqliteLog.open(Path.of(args[0]), Retention.parse(args[1].equals(ERASE) ? "" : args[1]));
        } catch (ParleyException e) {
            System.out.println("closed " + e.getMessage() + ".");
            return;
        }
        Semaphore free = new Semaphore(UNDER_WAY);
        Speaker speaker = Speaker.into(log);
        System.out.println("open .");
        if (args[1].equals(ERASE)) {
            log.eraseAll(new ErasureScope.OfUser(Speaker.ANN.id()));
        }
        for (int i = 0; true; i++) {
            free.acquireUninterruptibly();
            String id = UUID.randomUUID().toString();
            Body body = i % 10 == 0
                    ? new Body.Attachment(
                            "x/y", null, ByteBuffer.wrap(id.repeat(300).getBytes(StandardCharsets.UTF_8)))
                    : new Body.Text(id);
            speaker.say(new RoomName(ROOMS.get(i % ROOMS.size())), Speaker.ANN, id, body)
                    .whenComplete((entry, refused) -> {
                        System.out.println(
                                entry == null
                                        ? "refused " + id + "."
                                        : "said " + entry.room() + " " + entry.seq() + " " + id + ".");
                        free.release();
                    });
        }
    }
}
