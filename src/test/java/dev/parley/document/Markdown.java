package dev.parley.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A document of the repository, as far as tests read it: headings, tables and fenced blocks. Immutable.
 *
 * @param file where it is
 * @param lines its lines
 */
public record Markdown(Path file, List<String> lines) {
    private static final Path FOLDER = Path.of("src/site/markdown");
    private static final Path OF_GITHUB = Path.of(".github");
    private static final String FENCE = "```";

    /**
     * A fenced block.
     *
     * @param info what stands behind the opening fence, such as {@code json client}
     * @param heading above it
     */
    public record Block(String info, String heading, List<String> lines) {}

    static Markdown readme() {
        return read(Path.of("README.md"));
    }

    /** @param name such as {@code protocol.md} */
    public static Markdown named(String name) {
        return read(FOLDER.resolve(name));
    }

    /** The README and all documents. */
    static List<Markdown> all() {
        try (Stream<Path> files = Stream.concat(Files.walk(FOLDER), Files.walk(OF_GITHUB))) {
            List<Path> documents = files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            return Stream.concat(Stream.of(readme()), documents.stream().map(Markdown::read))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Markdown read(Path file) {
        try {
            return new Markdown(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** All fenced blocks, in their order. */
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String heading = "";
        List<String> inside = null;
        String info = "";
        for (String line : lines) {
            if (line.startsWith(FENCE)) {
                if (inside == null) {
                    info = line.substring(FENCE.length()).strip();
                    inside = new ArrayList<>();
                } else {
                    blocks.add(new Block(info, heading, List.copyOf(inside)));
                    inside = null;
                }
            } else if (inside != null) {
                inside.add(line);
            } else if (line.startsWith("#")) {
                heading = text(line);
            }
        }
        return blocks;
    }

    /** The lines that are in no fenced block. */
    List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean inside = false;
        for (String line : lines) {
            if (line.startsWith(FENCE)) {
                inside = !inside;
            } else if (!inside) {
                prose.add(line);
            }
        }
        return prose;
    }

    /** The headings, without what makes them headings. */
    List<String> headings() {
        return prose().stream()
                .filter(line -> line.startsWith("#"))
                .map(Markdown::text)
                .toList();
    }

    /** The headings that stand directly below another one. */
    List<String> headingsBelow(String heading) {
        List<String> below = new ArrayList<>();
        int level = 0;
        for (String line : prose()) {
            if (!line.startsWith("#")) {
                continue;
            }
            int depth = line.indexOf(' ');
            if (level == 0) {
                level = text(line).equals(heading) ? depth : 0;
            } else if (depth <= level) {
                break;
            } else if (depth == level + 1) {
                below.add(text(line));
            }
        }
        return below;
    }

    /**
     * The cells of the tables between a heading and the next one, without their first rows.
     *
     * @param above the heading above that one, or null where there is only one of that name
     */
    public List<List<String>> rowsBelow(String above, String heading) {
        List<List<String>> rows = new ArrayList<>();
        boolean isAbove = above == null;
        boolean below = false;
        boolean head = true;
        for (String line : prose()) {
            if (line.startsWith("#")) {
                isAbove = isAbove || text(line).equals(above);
                if (below) {
                    break;
                }
                below = isAbove && text(line).equals(heading);
            } else if (below && line.startsWith("|")) {
                if (line.startsWith("|---")) {
                    head = false;
                } else if (!head) {
                    rows.add(cells(line));
                }
            } else {
                head = true;
            }
        }
        return rows;
    }

    /** How GitHub names a heading in a link. */
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static List<String> cells(String row) {
        String inner = row.strip().substring(1, row.strip().length() - 1);
        return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
    }

    private static String text(String heading) {
        return heading.substring(heading.indexOf(' ') + 1).strip();
    }
}
