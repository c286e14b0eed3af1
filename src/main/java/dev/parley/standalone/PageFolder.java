package dev.parley.standalone;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** Where the files of the page are. */
final class PageFolder {
    private PageFolder() {}

    /**
     * The folder beside the classes, where {@code java -jar} puts it, or else the one of the source tree that this is run
     * in, which may not exist.
     */
    static Path find() throws IOException {
        URL unpacked = PageFolder.class.getClassLoader().getResource("webapp/");
        try {
            return unpacked == null ? Path.of("src", "main", "webapp") : Path.of(unpacked.toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
