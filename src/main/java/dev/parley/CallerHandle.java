package dev.parley;

import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import java.util.concurrent.CompletionStage;

/** One caller, by its id, for the beans of an application; see {@link Parley} for threads and bounds. Thread-safe. */
public interface CallerHandle {
    CallerId id();

    /**
     * Erases everything that the log has of this caller: the contents of its entries, its name and its id in them, and its read
     * marks. Each entry stays with its number, its id and its time, and {@link Entry#NOBODY} as its sender, so that nothing
     * moves. Its names stay reserved, and belong to nobody: no guest gets them, so that nobody passes for this caller.
     *
     * <p>The names of its direct rooms stay, with its id, because these rooms have entries of others. Its bans, mutes and roles stay, and so do the entries of the audit log: else a caller could end a ban by asking to be
     * erased.
     *
     * <p>From the beginning, whoever reads the entries gets them {@linkplain Entry#erased erased}. The members of rooms are
     * notified, of the newest 1,000 entries of each room. The content leaves the server's disk in small steps, while others send
     * messages, and not the backups that were made before. After a restart the rest is erased. A message that is sent again under
     * the id of such an entry is not stored again, for seven days at least.
     *
     * <p>This neither disconnects the caller nor keeps it out: what it sends afterwards is stored as before. So disconnect its
     * connections first.
     *
     * @return completes with the number of entries when all of this is durable; 0 if the log has nothing of this caller. That
     *     takes about a second for a million entries of the log. It fails with {@link ErrorCode#UNAVAILABLE} if the log can't
     *     be written now, or 1,000 such calls wait; then it can be repeated. It also fails so if the application ends before;
     *     then the rest is erased after the next start
     */
    CompletionStage<Long> erase();
}
