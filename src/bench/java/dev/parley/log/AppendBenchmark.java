package dev.parley.log;

import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.sqlite.SqliteDatabase;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** How long it takes until so many messages, appended at once, are durable. The log lies in the folder for temporary files. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AppendBenchmark {
    private static final RoomName ROOM = new RoomName("garden");
    private static final User ANN = new User("guest:ann", new UserName("ann"));
    private static final Body TEXT =
            new Body.Text("The roses are out. ".repeat(11).substring(0, 200));

    @Param({"1", "32", "256", "1000"})
    public int drafts;

    private Path folder;
    private MessageLog log;

    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("parley-append");
        log = GroupCommitLog.open(
                SqliteDatabase.open(folder, OptionalLong.empty(), Executors.defaultThreadFactory()),
                Executors.defaultThreadFactory());
        DraftListener answering = new DraftListener() {
            @Override
            public void stored(List<Appended> batch) {
                batch.forEach(one -> one.draft().outcome().said(one.entry()));
            }

            @Override
            public void refused(List<Draft> refused, ParleyException why) {
                throw why;
            }

            @Override
            public void unknown(List<Draft> drafts, ParleyException why) {
                throw why;
            }
        };
        log.start(answering, entries -> {});
    }

    @TearDown
    public void close() throws IOException {
        log.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
        }
    }

    @Benchmark
    public void untilDurable() throws InterruptedException {
        CountDownLatch durable = new CountDownLatch(drafts);
        Draft.Outcome outcome = new Draft.Outcome() {
            @Override
            public void said(Entry entry) {
                durable.countDown();
            }

            @Override
            public void refused(ParleyException why) {
                throw why;
            }

            @Override
            public void unknown(ParleyException why) {
                throw why;
            }
        };
        for (int i = 0; i < drafts; i++) {
            log.append(new Draft(ROOM, ANN, DraftId.of(null), TEXT, outcome));
        }
        durable.await();
    }
}
