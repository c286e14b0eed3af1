package dev.parley.standalone;

import java.nio.file.Path;

/** The files that {@code java -jar} has unpacked for the start; none where the classes were not packed. Thread-safe. */
public final class UnpackedFiles {
    private static volatile Path page = Path.of("src", "main", "webapp");
    private static volatile Runnable remove = () -> {};

    private UnpackedFiles() {}

    /**
     * Called by the launcher, by this name, before anything else here.
     *
     * @param page the folder with the files of the page
     * @param remove deletes all that was unpacked; classes and resources are still found after that
     */
    public static void are(Path page, Runnable remove) {
        UnpackedFiles.page = page;
        UnpackedFiles.remove = remove;
    }

    /** The folder with the files of the page: the one of the source tree that this is run in, which may not exist. */
    static Path page() {
        return page;
    }

    /** Deletes them. Called once nothing is read by its path any more. */
    public static void remove() {
        remove.run();
    }
}
