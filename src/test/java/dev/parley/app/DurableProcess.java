package dev.parley.app;

import dev.parley.Durable;
import dev.parley.log.Range;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.Speaker;
import dev.parley.log.sqlite.SqliteDatabase;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/**
 * A Java process of its own with a log and a durable observer, which prints {@code heard room seq}. It speaks into the log
 * without end, and prints {@code stored position} now and then; or it prints {@code last room seq} once. Thread-safe on the side of the test.
 */
final class DurableProcess implements AutoCloseable {
    static final List<String> ROOMS = List.of("lobby", "garden", "attic");
    private static final String NAME = "hearing";
    private static final int UNDER_WAY = 16;

    private final Process process;
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Thread reading = new Thread(this::read);

    /** @param speaks whether it speaks without end */
    DurableProcess(Path folder, boolean speaks) throws IOException {
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx128m",
                        // A killed process leaves its copy of SQLite behind.
                        "-Dorg.sqlite.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DurableProcess.class.getName(),
                        folder.toString(),
                        Boolean.toString(speaks))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        reading.start();
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            // A line that a kill cut in two is told from a whole one by its last character.
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

    @ApplicationScoped
    static class Hearing {
        void hear(@Observes @Durable(value = NAME, fromStart = true) Entry entry) {
            System.out.println("heard " + entry.room() + " " + entry.seq() + ".");
        }
    }

    public static void main(String[] args) throws InterruptedException {
        SeContainer beans = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(Hearing.class)
                .initialize();
        ThreadFactory threads = Executors.defaultThreadFactory();
        GroupCommitLog log =
                GroupCommitLog.open(SqliteDatabase.open(Path.of(args[0]), OptionalLong.empty(), threads), threads);
        DurableObservers observers = DurableObservers.find(
                beans.getBeanManager(),
                DurableObserversTest.ANY,
                log,
                beans.select(RequestContextController.class)::get);
        Speaker speaker = Speaker.into(log);
        observers.start();
        if (args[1].equals("false")) {
            for (String room : ROOMS) {
                long last = Speaker.get(log.read(new RoomName(room), new Range.Newest(0)))
                        .last();
                System.out.println("last " + room + " " + last + ".");
            }
            Thread.currentThread().join();
        }
        speak(log, speaker, observers);
    }

    private static void speak(GroupCommitLog log, Speaker speaker, DurableObservers observers) {
        Semaphore free = new Semaphore(UNDER_WAY);
        long stored = 0;
        for (int i = 0; true; i++) {
            free.acquireUninterruptibly();
            RoomName room = new RoomName(ROOMS.get(i % ROOMS.size()));
            speaker.say(room, Speaker.ANN, null, "text " + i).whenComplete((entry, refused) -> {
                observers.accept(entry);
                free.release();
            });
            long position = i % 100 == 0 ? Speaker.get(log.position(NAME, room)) : stored;
            if (position > stored) {
                stored = position;
                System.out.println("stored " + position + ".");
            }
        }
    }
}
