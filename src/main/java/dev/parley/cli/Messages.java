package dev.parley.cli;

import dev.parley.log.sqlite.Backup;

/** Writes the number of messages and rooms of a log. Stateless. */
final class Messages {
    private Messages() {}

    static String of(Backup.Contents contents) {
        return counted(contents.entries(), "message") + " of " + counted(contents.rooms(), "room");
    }

    static String counted(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
