package dev.parley.cli;

import dev.parley.log.ErasureScope;
import dev.parley.log.sqlite.OfflineErasure;
import dev.parley.message.RoomName;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Erases everything of one user, or of one room. */
@Command(
        name = "erase",
        mixinStandardHelpOptions = true,
        description = {
            "Erases everything that a server has of one user, or the contents of all messages of one room. The server must be"
                    + " stopped; an application can do the same while it runs.",
            "Backups that were made before are not changed."
        })
final class EraseCommand extends LogCommand {
    @ArgGroup(multiplicity = "1")
    private Scope scope;

    /** One of the two. */
    static final class Scope {
        @ArgGroup(exclusive = false)
        private UserOption user;

        @Option(
                names = {"-r", "--room"},
                paramLabel = "NAME",
                description = "The name of the room.")
        private String room;

        ErasureScope scope() {
            return user == null ? new ErasureScope.OfRoom(new RoomName(room)) : new ErasureScope.OfUser(user.user());
        }
    }

    @Override
    void run(Path folder, PrintWriter out) {
        long entries = OfflineErasure.run(folder, scope.scope());
        out.printf("%s erased.%n", Messages.counted(entries, "message"));
    }
}
