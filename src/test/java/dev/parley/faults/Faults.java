package dev.parley.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/**
 * The long form of the fault suite: all scenarios in turn, and a table of what came of them. It takes
 * {@code faults.minutes} (20 by default) and ends with 1 where any promise was not kept. {@code faults.seed} is the seed
 * of a run to be repeated, {@code faults.only} a
 * regular expression for the names of the scenarios.
 */
final class Faults {
    private static final int MINUTES = Integer.getInteger("faults.minutes", 20);
    private static final String ONLY = System.getProperty("faults.only", ".*");
    private static final int PROGRESS_SECONDS = 30;
    private static final Duration LEAST = Duration.ofSeconds(30);

    private final long start = System.nanoTime();
    private final List<Report> reports = new ArrayList<>();
    private volatile String scenario = "";

    public static void main(String[] arguments) {
        System.exit(new Faults().run() ? 0 : 1);
    }

    private boolean run() {
        System.out.printf("%d minutes of faults; repeat them with -Dfaults.seed=%d%n", MINUTES, Scale.SEED);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        clock.scheduleAtFixedRate(this::tellProgress, PROGRESS_SECONDS, PROGRESS_SECONDS, TimeUnit.SECONDS);
        run(Outages.kills(), Scale.rounds(5 * MINUTES));
        run(Outages.powerCuts(), Scale.rounds(MINUTES));
        run(Outages.drains(), Scale.rounds(MINUTES));
        run(
                new SlowReaders(500, 1_000, 200),
                Scale.lasting(Duration.ofMinutes(MINUTES).dividedBy(10)));
        Scale attacked = Scale.lasting(Duration.ofMinutes(MINUTES).dividedBy(40));
        run(new UnderAttack(HttpAttacks.pagesOfTheServerUnread(), 2), attacked);
        run(new UnderAttack(FrameAttacks.pingFloods(), 3), attacked);
        run(new UnderAttack(FrameAttacks.uploadsAfterSlowReaders(), 3), attacked);
        run(new UnderAttack(FrameAttacks.pagesAndPiecesUnread(), 2), attacked);
        run(new UnderAttack(ShareAttacks.fillingTheDisk(), 2, ShareAttacks.SETTINGS), attacked);
        run(new UnderAttack(ShareAttacks.silence(), 2, ShareAttacks.SETTINGS), attacked);
        run(new UnderAttack(ShareAttacks.largeAnswers(), 2, ShareAttacks.SETTINGS), attacked);
        // The rest of the time.
        Duration left = Duration.ofMinutes(MINUTES).minus(passed());
        run(new BrokenLines(), Scale.lasting(left.compareTo(LEAST) > 0 ? left : LEAST));
        clock.shutdownNow();
        tellAll();
        return reports.stream().allMatch(Report::isClean);
    }

    private void run(Scenario next, Scale scale) {
        if (!next.name().matches(ONLY)) {
            return;
        }
        scenario = next.name();
        System.out.printf("%5d s: %s begins%n", passed().toSeconds(), scenario);
        Report report;
        try {
            report = next.run(scale);
        } catch (TestAbortedException impossible) {
            report = Report.skipped(scenario, impossible.getMessage());
        } catch (RuntimeException | AssertionError broken) {
            report = Report.broken(scenario, broken);
        }
        reports.add(report);
        System.out.println(report.row());
        report.findings().forEach(System.out::println);
    }

    private void tellProgress() {
        System.out.printf("%5d s: %s%n", passed().toSeconds(), scenario);
    }

    private Duration passed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void tellAll() {
        System.out.printf("%n%s%n", Report.HEADER);
        reports.forEach(report -> System.out.println(report.row()));
        System.out.printf(
                "%nSeed %d, %d minutes, %s; %d cores (%s), JDK %s, %s%n",
                Scale.SEED,
                passed().toMinutes(),
                LocalDate.now(),
                Runtime.getRuntime().availableProcessors(),
                processor(),
                Runtime.version(),
                System.getProperty("os.name"));
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException beyondLinux) {
            return System.getProperty("os.arch");
        }
    }
}
