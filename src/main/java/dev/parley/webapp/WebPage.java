package dev.parley.webapp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the page, in memory. Immutable.
 *
 * <p>A file is found only by its exact path, so no request can reach a file that was not read at the start.
 */
public final class WebPage {
    private static final List<String> PRIVATE = List.of("/WEB-INF/", "/META-INF/", "/dev/parley/");
    private static final String WELCOME = "index.html";

    private final Map<String, PageFile> files;

    private WebPage(Map<String, PageFile> files) {
        this.files = Map.copyOf(files);
    }

    /** All files below {@code folder} except the private ones; no files if there is no such folder. */
    public static WebPage of(Path folder) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        if (Files.isDirectory(folder)) {
            try (var paths = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                    contents.put("/" + folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
                }
            }
        }
        return of(contents);
    }

    /** @param contents the files by their paths, each with a slash at its start; private ones are left out */
    static WebPage of(Map<String, byte[]> contents) {
        Map<String, PageFile> files = new HashMap<>();
        contents.forEach((path, bytes) -> {
            if (isForAnyone(path)) {
                PageFile file = PageFile.of(path, bytes);
                files.put(path, file);
                if (path.endsWith("/" + WELCOME)) {
                    files.put(path.substring(0, path.length() - WELCOME.length()), file);
                }
            }
        });
        return new WebPage(files);
    }

    /** The same page, which connects to the endpoint at this path. */
    public WebPage connectingTo(String endpoint) {
        Map<String, PageFile> changed = new HashMap<>(files);
        changed.computeIfPresent("/" + AddressText.NAME, (name, file) -> AddressText.file(endpoint.substring(1)));
        return new WebPage(changed);
    }

    /** @param path the path from the root, with a slash at its start */
    public Optional<PageFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /**
     * Returns false for the folders that are private to the container, and for the launcher of {@code java -jar}. Upper
     * and lower case do not matter.
     */
    static boolean isForAnyone(String path) {
        return PRIVATE.stream().noneMatch(folder -> path.regionMatches(true, 0, folder, 0, folder.length()));
    }

    /** Whether this is an HTML file, and not the one of Parley. */
    static boolean isOtherPage(String path) {
        return path.endsWith(".html") && !path.equals("/" + WELCOME);
    }
}
