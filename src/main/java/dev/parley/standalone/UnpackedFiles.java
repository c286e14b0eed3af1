package dev.parley.standalone;

import java.nio.file.Path;

/** The files that {@code java -jar} has unpacked for the start; none if the classes were not packed. Thread-safe. */
public final class UnpackedFiles {
    private static volatile Path page = Path.of("src", "main", "webapp");
    private static volatile Runnable remove = () -> {};

    private UnpackedFiles() {}

    /**
     * Called by the launcher, through reflection, before all other methods.
     *
     * @param page the folder with the files of the page
     * @param remove deletes all unpacked files; classes and resources are still found after that
     */
    public static void are(Path page, Runnable remove) {
        UnpackedFiles.page = page;
        UnpackedFiles.remove = remove;
    }

    /**
     * The folder with the files of the page. If nothing was unpacked, it is the one in the source tree below the
     * working folder, which may not exist.
     */
    static Path page() {
        return page;
    }

    /** Deletes the files. Called when no file is read by its path any more. */
    public static void remove() {
        remove.run();
    }
}
