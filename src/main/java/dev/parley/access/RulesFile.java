package dev.parley.access;

import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The policy of a file of {@link AccessRules}, which is read again when it has changed. A new version that can't be read, or
 * is no file of rules, changes nothing. Thread-safe.
 *
 * <p>A thread of its own reads the file once a second. It uses a content only after it has read it twice, because an editor
 * may still be writing the file. It compares contents and not times, because two changes within one tick of the file system's
 * clock have the same time.
 */
public final class RulesFile implements AccessPolicy {
    private static final Logger LOG = System.getLogger("dev.parley.access");
    /** How many bytes there may be. */
    static final int MOST_BYTES = 64 << 10;

    private static final long PAUSE_MILLIS = 1_000;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private volatile AccessRules rules;
    private ScheduledExecutorService watch;

    /** The content at the last look. Only the watching thread changes it. */
    private byte[] seen;

    /** The content of the rules that all connections know. Only the watching thread changes it. */
    private byte[] taken;
    /** Why the last look failed, or null. */
    private String failure;

    /**
     * Reads the file. Waits for the disk.
     *
     * @throws ParleyException with a sentence that names the file, and the line where one is wrong
     */
    public RulesFile(Path file) {
        this.file = file;
        try {
            seen = read();
            taken = seen;
            rules = rules(seen);
        } catch (IOException | ParleyException e) {
            throw ParleyException.badRequest("the rules for rooms can't be read from " + file + ": " + sentence(e));
        }
    }

    @Override
    public synchronized void watch(ThreadFactory threads, Runnable changed) {
        watch = Executors.newSingleThreadScheduledExecutor(threads);
        watch.scheduleWithFixedDelay(() -> attempt(changed), PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A timer forgets a task that throws. */
    private void attempt(Runnable changed) {
        try {
            look(changed);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The rules for rooms could not be looked at; the next look tries again", e);
        }
    }

    /** One look at the file. */
    void look(Runnable changed) {
        try {
            byte[] now = read();
            boolean settled = Arrays.equals(now, seen);
            seen = now;
            if (!settled) {
                return;
            }
            if (!Arrays.equals(now, taken)) {
                rules = rules(now);
                failure = null;
                changed.run();
                // Only now: if the notification failed, the next look repeats it.
                taken = now;
            }
        } catch (IOException | ParleyException e) {
            String why = sentence(e);
            if (!why.equals(failure)) {
                failure = why;
                LOG.log(
                        Level.WARNING,
                        "The rules for rooms can''t be read again from {0}, and those read before stay: {1}",
                        file,
                        why);
            }
        }
    }

    private byte[] read() throws IOException {
        // Reading a FIFO would block for ever.
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no such file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it has more than " + MOST_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private static AccessRules rules(byte[] bytes) throws IOException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return AccessRules.parse(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            throw new IOException("it is not in UTF-8", e);
        }
    }

    private static String sentence(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    @Override
    public Set<String> roles() {
        return rules.roles();
    }

    /** Null: other rules may come. */
    @Override
    public Grant always(Caller caller) {
        return null;
    }

    /** The grant may be good for long: a change of the file leads to new questions. */
    @Override
    public CompletableFuture<Grant> decide(Caller caller, RoomName room) {
        return CompletableFuture.completedFuture(rules.grant(caller, room).goodFor(Grant.MOST));
    }

    @Override
    public int quotaInDirectRooms(Caller caller) {
        return rules.quotaInDirectRooms(caller);
    }

    /** Ends the thread, if there is one. */
    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.shutdownNow();
        }
    }

    @Override
    public String toString() {
        return rules.count() + " rules of " + file + " say who may be in rooms";
    }
}
