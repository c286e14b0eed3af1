package dev.parley.log.sqlite;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Says in words what {@code java.nio.file} says with the names of classes. Stateless. */
final class FileTrouble {
    private FileTrouble() {}

    /** What went wrong, and with which file, as the end of a sentence without its full stop. */
    static String sentence(IOException e) {
        if (!(e instanceof FileSystemException trouble) || trouble.getFile() == null) {
            return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
        }
        return what(trouble);
    }

    private static String what(FileSystemException trouble) {
        String file = trouble.getFile();
        if (trouble instanceof AccessDeniedException) {
            return "the user " + System.getProperty("user.name") + " may not access " + file;
        }
        if (trouble instanceof NoSuchFileException) {
            return file + " does not exist";
        }
        if (trouble instanceof NotDirectoryException) {
            return file + " is not a folder";
        }
        if (trouble instanceof FileAlreadyExistsException) {
            return file + " exists already";
        }
        // The operating system's own words, such as "Read-only file system".
        String reason = trouble.getReason();
        return reason == null ? file + ": " + trouble : reason.toLowerCase(Locale.ROOT) + " (" + file + ")";
    }
}
