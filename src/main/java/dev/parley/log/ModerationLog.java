package dev.parley.log;

import dev.parley.message.AuditEntry;
import dev.parley.message.Keep;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.Standings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * The standings of callers, the settings of rooms and the audit log. They are durable as entries are. Thread-safe; no method
 * waits for a disk.
 */
public interface ModerationLog {
    /** The rooms with standings or settings: all, or at least {@code limit} of them. Fails as {@link MessageLog#read} does. */
    CompletionStage<Set<RoomName>> roomsWithStandings(int limit);

    /**
     * Stores an action and its entry of the audit log, both or nothing.
     *
     * @return completes when this is durable, on the log's writer thread. Fails with a {@link ParleyException}: {@code
     *     forbidden} if the moderator is banned, or would lift the own ban or mute, or the user is an owner, or if the room has
     *     the most standings or roles, or would have no owner, or exists already; {@code notFound} if nothing is there to lift; {@code unavailable} if the log can't be written now, is
     *     closed, or 1,000 requests wait. After {@code unavailable} it can be repeated
     */
    CompletionStage<StandingsChange> moderate(ModerationRequest request);

    /**
     * Erases the content of an entry, as {@link MessageLog#erase(RoomName, long)}, with an entry of the audit log if there is
     * such an entry. Fails also with {@code forbidden} if the moderator is banned.
     */
    CompletionStage<Boolean> erase(ModerationRequest request);

    /**
     * The standings in a room. Fails as {@link MessageLog#read} does.
     *
     * @param room null for the whole server
     */
    CompletionStage<Standings> standings(RoomName room);

    /**
     * Stores how long the entries of a room are kept, with an entry of the audit log. It goes before the rules of the settings.
     *
     * @param keep null for the rules of the settings
     * @return completes when this is durable, on the log's writer thread. Fails as {@link #moderate} does; with {@code
     *     forbidden} if 100,000 other rooms have a bound of their own
     */
    CompletionStage<Void> keep(User by, RoomName room, Keep keep);

    /** The author of an entry, under the name at that time; empty if there is no such entry. Fails as {@link MessageLog#read} does. */
    CompletionStage<Optional<User>> author(RoomName room, long seq);

    /**
     * The oldest entries of the audit log above a number. Fails as {@link MessageLog#read} does.
     *
     * @param limit 1 to {@value AuditEntry#MOST}
     */
    CompletionStage<List<AuditEntry>> audit(long after, int limit);
}
