package dev.parley.log.durable;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftListener;
import dev.parley.log.EntryListener;
import dev.parley.log.ErasureScope;
import dev.parley.log.StandingListener;
import dev.parley.log.StandingsChange;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Notifies the listeners of the log. Their time does not count as waiting for the disk, and their exceptions are logged. All
 * methods but {@link #set} are for the writer's thread alone.
 */
final class Listeners {
    private static final Logger LOG = System.getLogger(Listeners.class.getName());

    private final DatabaseWait disk;
    private final StandingListener standingListener;
    private volatile DraftListener draftListener;
    private volatile EntryListener entryListener;

    /** @param disk ended before each notification */
    Listeners(DatabaseWait disk, StandingListener standings) {
        this.disk = disk;
        this.standingListener = standings;
    }

    /** Any thread may call this, before the first draft is queued. */
    void set(DraftListener drafts, EntryListener entries) {
        draftListener = drafts;
        entryListener = entries;
    }

    /** @param batch not empty */
    void stored(List<Appended> batch) {
        List<Entry> fresh = new ArrayList<>(batch.size());
        for (Appended appended : batch) {
            if (!appended.repeated()) {
                fresh.add(appended.entry());
            }
        }
        notify(() -> draftListener.stored(batch));
        if (!fresh.isEmpty()) {
            notify(() -> entryListener.added(fresh));
        }
    }

    /** @param drafts may be empty */
    void refused(List<Draft> drafts, String sentence, Throwable why) {
        if (!drafts.isEmpty()) {
            ParleyException refusal = new ParleyException(ErrorCode.UNAVAILABLE, sentence, why);
            notify(() -> draftListener.refused(drafts, refusal));
        }
    }

    void unknown(List<Draft> drafts, Throwable why) {
        ParleyException doubt =
                new ParleyException(ErrorCode.UNAVAILABLE, "it is unknown whether this message was stored", why);
        notify(() -> draftListener.unknown(drafts, doubt));
    }

    /** Before the log is started, nobody has read an entry. */
    void erasing(ErasureScope scope, long until) {
        if (entryListener != null) {
            notify(() -> entryListener.erasing(scope, until));
        }
    }

    /** @param erased not empty */
    void erased(List<ServerMessage.Erased> erased) {
        if (entryListener != null) {
            notify(() -> entryListener.erased(erased));
        }
    }

    void changed(StandingsChange change) {
        notify(() -> standingListener.changed(change));
    }

    /** @param room null for the whole server */
    void unknown(RoomName room) {
        notify(() -> standingListener.unknown(room));
    }

    private void notify(Runnable news) {
        disk.end();
        // Clears an interrupt of the container, so that it does not disturb the listener.
        Thread.interrupted();
        try {
            news.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the log's listener failed", e);
        }
    }
}
