package dev.parley.room;

import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
import java.util.List;

/**
 * Carries new entries from the log to the rooms of every node that shares the log. Thread-safe.
 *
 * <p>Guarantees: almost none, because the log has all entries. A relay may lose an entry. It may bring an entry twice, late,
 * or after later entries of its room. The rooms sort the entries by {@code seq}, drop entries that they know, and read the log
 * if a number is missing. So no member misses an entry, gets one twice, or gets one out of order.
 *
 * <p>Loss: a relay brings each entry unchanged and only after it is durable, or loses it. If no later entry follows a lost one,
 * a room can't notice the loss, because rooms have no timer for this. So a relay that may lose entries calls {@link
 * Listener#missed}: at once when it knows of a loss (its connection was broken, its queue was full), and at least every ten
 * seconds while it can't know. A relay that loses nothing never calls it, and then the rooms do not read the log for this.
 *
 * <p>A relay carries only entries, and the numbers of erased ones. Presence, typing and read marks stay on their node; the members on other nodes do not get
 * them.
 */
public interface Relay extends AutoCloseable {
    /**
     * Starts the relay. Called once, before any other method.
     *
     * @param listener gets the entries that this node and other nodes publish from now on
     */
    void start(Listener listener);

    /**
     * Publishes entries to all nodes, including this one. A relay should notify the listener of this node before this method
     * returns, because then a sender gets its answer and its entry in one frame. It may also do so later.
     *
     * <p>Threads: called on the log's writer thread, after the commit. The next batch waits for the call. So it must not wait
     * for a disk, a peer or a lock that is held over I/O; a relay drops an entry that it can't queue. An exception is logged
     * and counts as a loss.
     *
     * @param entries durable; not empty; of any number of rooms, those of one room in the order of {@code seq}; never changed
     */
    void publish(List<Entry> entries);

    /**
     * Publishes to all nodes, including this one, that the contents of entries were erased, as {@link #publish} does with
     * entries. If this hint is lost, the members of that node see the erased entries when they read the log again.
     *
     * <p>Threads: as {@link #publish}.
     *
     * @param erased 1 to 1,000, of any number of rooms; never changed
     */
    void publishErased(List<ServerMessage.Erased> erased);

    /** Ends the relay, and waits at most one second for its threads. Entries that it has not brought by then are lost. */
    @Override
    void close();

    /**
     * The rooms of this node.
     *
     * <p>Threads: may be called on any thread except a loop, and on several threads at once. A call does not wait for a disk
     * or a peer. If the queue of a loop is full, it waits until the loop accepts more. It throws nothing.
     */
    interface Listener {
        /**
         * Delivers entries to the members of their rooms. Entries of rooms without members on this node are dropped.
         *
         * @param entries not empty; of any number of rooms, in any order; not changed afterwards
         */
        void heard(List<Entry> entries);

        /**
         * Notifies the members of rooms that the contents of entries were erased. May be called more than once for one entry,
         * and before the entry itself was heard.
         */
        void heardErased(List<ServerMessage.Erased> erased);

        /**
         * The relay may have lost entries of any room. Each room with members reads the log, a few rooms at a time. A room
         * that can't read the log tries again every second.
         */
        void missed();
    }
}
