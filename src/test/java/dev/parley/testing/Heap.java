package dev.parley.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What lives on the heap of another JVM of this JDK, after a full collection. Immutable.
 *
 * @param bytes of everything
 * @param instances of each class, by its name
 */
public record Heap(long bytes, Map<String, Long> instances) {
    public Heap {
        instances = Map.copyOf(instances);
    }

    /** Collects the garbage of this process and looks. */
    public static Heap of(long pid) {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(pid),
                            "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (jcmd.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
            return read(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Lines such as {@code   12:       345      67890  dev.parley.room.Room}, and {@code Total  123  4567}. */
    private static Heap read(String histogram) {
        Map<String, Long> instances = new HashMap<>();
        long bytes = -1;
        for (String line : histogram.lines().map(String::strip).toList()) {
            String[] columns = line.split("\\s+");
            if (columns[0].equals("Total")) {
                bytes = Long.parseLong(columns[2]);
            } else if (columns.length >= 4 && columns[0].matches("\\d+:")) {
                instances.merge(columns[3], Long.parseLong(columns[1]), Long::sum);
            }
        }
        if (bytes < 0) {
            throw new IllegalStateException(histogram);
        }
        return new Heap(bytes, instances);
    }

    /** How many instances of exactly this class live. */
    public long count(Class<?> type) {
        return count(type.getName());
    }

    /** How many instances of exactly the class with this name live. */
    public long count(String type) {
        return instances.getOrDefault(type, 0L);
    }

    /** Parley's own part: all would be thousands of classes. */
    @Override
    public String toString() {
        Map<String, Long> own = new TreeMap<>(instances);
        own.keySet().removeIf(name -> !name.startsWith("dev.parley.") || name.contains("$$Lambda"));
        return bytes + " bytes, " + own;
    }
}
