package dev.parley.log.sqlite;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Turns the exceptions of {@code java.nio.file}, whose messages are only file names, into sentences. Stateless. */
final class FileTrouble {
    private FileTrouble() {}

    /** The failure and its file, as the end of a sentence without the full stop. */
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
        // The message of the operating system, such as "Read-only file system".
        String reason = trouble.getReason();
        return reason == null ? file + ": " + trouble : reason.toLowerCase(Locale.ROOT) + " (" + file + ")";
    }
}
