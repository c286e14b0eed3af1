package dev.parley.log;

import dev.parley.log.durable.Appender;
import dev.parley.log.durable.Database;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.Swept;
import dev.parley.log.sqlite.SqliteDatabase;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * What it costs to delete as much as comes: appends a million short messages to 100 rooms, without rules and where
 * each room keeps 1,000 of them, two rounds each; then three times as many, which is more than a sweep leaves for later. Prints the appends in a second, the size of
 * the file and the entries in the log over time, how long after the load the last entry was deleted, and how long the steps of
 * the sweep took. The log lies in the folder for temporary files. Arguments: the number of messages, the rules,
 * and anything third for messages whose senders give no ids.
 */
final class Retained {
    private static final int ROOMS = 100;
    private static final int IN_FLIGHT = 4_000;
    private static final int PARTS = 5;
    private static final int LONG = 3;
    /** A sweep that has deleted nothing for this long is done: the pause between two of its rounds is a second. */
    private static final long DONE = TimeUnit.SECONDS.toNanos(3);

    private static final User ANN = new User("user:ann", new UserName("ann"));
    private static final Body TEXT = new Body.Text("The roses are out, and so are we. ".repeat(2));

    private static boolean withIds = true;

    private Retained() {}

    public static void main(String... arguments) throws IOException, InterruptedException {
        int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        String rules = arguments.length > 1 ? arguments[1] : "*: 1000 entries";
        withIds = arguments.length < 3;
        run(messages / 10, "");
        for (int round = 0; round < 2; round++) {
            run(messages, "");
            run(messages, rules);
        }
        run(LONG * messages, "");
        run(LONG * messages, rules);
    }

    private static void run(int messages, String rules) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("parley-retained");
        List<Long> steps = Collections.synchronizedList(new ArrayList<>());
        ThreadFactory threads = Executors.defaultThreadFactory();
        Database database = timed(SqliteDatabase.open(folder, OptionalLong.empty(), threads), steps);
        Deleted deleted = new Deleted();
        StringBuilder sizes = new StringBuilder();
        long nanos = 0;
        double rest;
        try (GroupCommitLog log = GroupCommitLog.open(
                database, threads, Retention.parse(rules), deleted, name -> {}, StandingListener.NONE)) {
            Semaphore free = new Semaphore(IN_FLIGHT);
            log.start(new Answering(), entries -> {});
            for (int part = 0; part < PARTS; part++) {
                long begun = System.nanoTime();
                append(log, messages / PARTS, part, free);
                nanos += System.nanoTime() - begun;
                long kept = (part + 1L) * (messages / PARTS) - deleted.entries.get();
                sizes.append(" %.0f (%,d)".formatted(Files.size(folder.resolve("parley.db")) / 1e6, kept / 1_000));
            }
            rest = rules.isEmpty() ? 0 : deleted.awaitLast() / 1e9;
        }
        Collections.sort(steps);
        System.out.printf(
                "%,d, %s: %,.0f appends/s; MB (1,000 entries) after each fifth:%s; %.1f s later %.0f (%,d); %d steps, p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                messages,
                rules.isEmpty() ? "without rules" : rules,
                messages / (nanos / 1e9),
                sizes,
                rest,
                Files.size(folder.resolve("parley.db")) / 1e6,
                (messages - deleted.entries.get()) / 1_000,
                steps.size(),
                quantile(steps, 0.5),
                quantile(steps, 0.99),
                quantile(steps, 1));
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Collections.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    /** Counts the entries that were deleted, and notes when. */
    private static final class Deleted implements IntConsumer {
        private final AtomicLong entries = new AtomicLong();
        private volatile long last = System.nanoTime();

        @Override
        public void accept(int more) {
            entries.addAndGet(more);
            last = System.nanoTime();
        }

        /** Waits until the sweep is done. Returns the time from now to the last deletion, in nanoseconds. */
        long awaitLast() throws InterruptedException {
            long begun = System.nanoTime();
            while (System.nanoTime() - Math.max(begun, last) < DONE) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            return Math.max(0, last - begun);
        }
    }

    private static double quantile(List<Long> sorted, double part) {
        return sorted.isEmpty()
                ? 0
                : sorted.get((int) Math.min(sorted.size() - 1, part * sorted.size()))
                        / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    private static void append(GroupCommitLog log, int messages, int part, Semaphore free) throws InterruptedException {
        for (int i = 0; i < messages; i++) {
            free.acquire();
            DraftId id = DraftId.of(withIds ? "m-" + part + "-" + i + "-5xcc28abcdef" : null);
            log.append(new Draft(new RoomName("room-" + i % ROOMS), ANN, id, TEXT, new Draft.Outcome() {
                @Override
                public void said(Entry entry) {
                    free.release();
                }

                @Override
                public void refused(ParleyException why) {
                    throw why;
                }

                @Override
                public void unknown(ParleyException why) {
                    throw why;
                }
            }));
        }
        free.acquire(IN_FLIGHT);
        free.release(IN_FLIGHT);
    }

    /** Notes how long each step of a sweep took, with its commit. */
    private static Database timed(Database database, List<Long> steps) {
        return proxy(
                Database.class,
                database,
                (method, result, begun) -> result instanceof Appender appender ? timed(appender, steps) : result);
    }

    private static Appender timed(Appender appender, List<Long> steps) {
        long[] sweep = {0};
        return proxy(Appender.class, appender, (method, result, begun) -> {
            if (result instanceof Swept) {
                sweep[0] = begun;
            } else if (method.equals("commit") && sweep[0] != 0) {
                steps.add(System.nanoTime() - sweep[0]);
                sweep[0] = 0;
            }
            return result;
        });
    }

    private interface After {
        Object returned(String method, Object result, long begun);
    }

    private static <T> T proxy(Class<T> type, T real, After after) {
        return type.cast(Proxy.newProxyInstance(
                Retained.class.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> {
                    long begun = System.nanoTime();
                    try {
                        return after.returned(method.getName(), method.invoke(real, values), begun);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static final class Answering implements DraftListener {
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
    }
}
