package dev.parley.standalone;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The files of the page, in memory. Immutable.
 *
 * <p>Found by their exact path and nothing else: what wasn't read at the start can't be reached by any request.
 */
final class Page {
    private static final String WELCOME = "index.html";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"));

    private final Map<String, Content> files;

    private Page(Map<String, Content> files) {
        this.files = Map.copyOf(files);
    }

    /**
     * One file.
     *
     * @param tag differs when the bytes do
     */
    record Content(byte[] bytes, String type, String tag) {}

    /**
     * The page beside the classes, where {@code java -jar} puts it, or else the one of the source tree that this is run
     * in; without either, nothing.
     */
    static Page find() throws IOException {
        URL unpacked = Page.class.getClassLoader().getResource("webapp/");
        try {
            return unpacked == null ? of(Path.of("src", "main", "webapp")) : of(Path.of(unpacked.toURI()));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    /** All files below {@code folder}, but those that are a container's business. */
    static Page of(Path folder) throws IOException {
        Map<String, Content> files = new HashMap<>();
        if (Files.isDirectory(folder)) {
            try (var paths = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                    add(folder.relativize(file), file, files);
                }
            }
        }
        return new Page(files);
    }

    /** @param path as the request has it, escapes and all */
    Optional<Content> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static void add(Path relative, Path file, Map<String, Content> files) throws IOException {
        String path = "/" + relative.toString().replace('\\', '/');
        if (path.startsWith("/WEB-INF/") || path.startsWith("/META-INF/")) {
            return;
        }
        Content content = read(file);
        files.put(path, content);
        if (path.endsWith("/" + WELCOME)) {
            files.put(path.substring(0, path.length() - WELCOME.length()), content);
        }
    }

    private static Content read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return new Content(
                bytes,
                TYPES.getOrDefault(ending, "application/octet-stream"),
                "\"%08x-%x\"".formatted(sum.getValue(), bytes.length));
    }
}
