package dev.parley.cli.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Measures the processor time and memory of a server process on this machine, from {@code /proc} of Linux; other
 * systems give no values. Immutable.
 *
 * @param pid the process of the server, or empty
 */
public record ServerProbe(OptionalLong pid) {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    /** Linux reports times in hundredths of a second on all machines that the JDK supports. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /**
     * The values at one moment.
     *
     * @param cpu the processor time of all threads since the start; null if unknown
     * @param memory the resident memory in bytes; 0 if unknown
     */
    public record Reading(Duration cpu, long memory) {}

    /**
     * The process that listens on the port of this plan. Empty if the plan's host is no loopback address, or the
     * process can't be found or belongs to another user.
     */
    public static ServerProbe of(LoadPlan plan) {
        try {
            if (!InetAddress.getByName(plan.uri().getHost()).isLoopbackAddress()) {
                return new ServerProbe(OptionalLong.empty());
            }
            Optional<String> inode = inodeOf(plan.port());
            return new ServerProbe(inode.isEmpty() ? OptionalLong.empty() : pidOf("socket:[" + inode.get() + "]"));
        } catch (UnknownHostException unknown) {
            return new ServerProbe(OptionalLong.empty());
        }
    }

    private static Optional<String> inodeOf(int port) {
        String suffix = String.format(":%04X", port);
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : lines(PROC.resolve(table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING)) {
                    return Optional.of(fields[9]);
                }
            }
        }
        return Optional.empty();
    }

    private static OptionalLong pidOf(String socket) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (hasOpen(process, socket)) {
                    return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException none) {
            // The system is not Linux.
        }
        return OptionalLong.empty();
    }

    private static boolean hasOpen(Path process, String socket) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (Files.isSymbolicLink(file)
                        && Files.readSymbolicLink(file).toString().equals(socket)) {
                    return true;
                }
            }
        } catch (IOException foreign) {
            // The process belongs to another user, or has ended.
        }
        return false;
    }

    Reading read() {
        if (pid.isEmpty()) {
            return new Reading(null, 0);
        }
        Path process = PROC.resolve(Long.toString(pid.getAsLong()));
        long memory = lines(process.resolve("status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
        return new Reading(cpu(process), memory);
    }

    static Duration ownCpu() {
        Duration cpu = cpu(PROC.resolve("self"));
        return cpu == null ? Duration.ZERO : cpu;
    }

    private static Duration cpu(Path process) {
        List<String> stat = lines(process.resolve("stat"));
        if (stat.isEmpty()) {
            return null;
        }
        // The fields after the name, which may contain spaces: the 12th and 13th are user and system time.
        String[] fields =
                stat.get(0).substring(stat.get(0).lastIndexOf(')') + 2).split(" ");
        return Duration.ofNanos((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException gone) {
            return List.of();
        }
    }
}
