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
 * <p>Found by their exact path and nothing else: what wasn't read at the start can't be reached by any request.
 */
public final class WebPage {
    private static final List<String> PRIVATE = List.of("/WEB-INF/", "/META-INF/", "/dev/parley/");
    private static final String WELCOME = "index.html";

    private final Map<String, PageFile> files;

    private WebPage(Map<String, PageFile> files) {
        this.files = Map.copyOf(files);
    }

    /** All files below {@code folder}, but those that are a container's business; none where there is no such folder. */
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

    /** @param contents by their paths, with a slash before each; those that are a container's business are left out */
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

    /** @param path from the root, with a slash before it */
    public Optional<PageFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** False for what is the container's business, and for the launcher of {@code java -jar}. In any case of letters. */
    static boolean isForAnyone(String path) {
        return PRIVATE.stream().noneMatch(folder -> path.regionMatches(true, 0, folder, 0, folder.length()));
    }
}
