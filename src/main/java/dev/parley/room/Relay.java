package dev.parley.room;

import dev.parley.message.Entry;
import java.util.List;

/**
 * Carries new entries from the log to the rooms of every node that shares the log. Thread-safe.
 *
 * <p>Guarantees: almost none. The log is the truth, and a relay is a hint. It may lose an entry, bring it twice, late, or
 * after later ones of its room. The rooms put what comes into the order of {@code seq}, drop what they have, and read the
 * log where a number is missing. So no member misses an entry, gets one twice, or gets one out of order.
 *
 * <p>Loss: a relay brings a durable entry, as the log has it, or nothing. Where an entry is lost and no later one follows,
 * no room can notice that by itself, because rooms have no timer for it. So a relay that may lose entries calls
 * {@link Listener#missed}: at once when it knows of a loss (its connection was broken, its queue was full), and at least
 * every ten seconds while it can't know. A relay that loses nothing never calls it, and then nobody looks at the log.
 *
 * <p>Only entries are relayed. Presence, typing and read marks stay on the node where they arise: the members of other nodes
 * do not get them.
 */
public interface Relay extends AutoCloseable {
    /**
     * Starts the relay. Called once, before any other method.
     *
     * @param listener gets what this node and the others publish, from now on
     */
    void start(Listener listener);

    /**
     * Publishes entries to all nodes, this one included. It is best to hand them to the listener of this node before this
     * method returns: then the answer to a sender and its entry leave in one frame. A relay may also do it later.
     *
     * <p>Threads: called on the log's writer thread, after the commit. A call holds up the next batch, so it must not wait
     * for a disk, a peer or a lock that is held over I/O: what can't be queued is lost. What it throws is logged, and
     * counts as a loss.
     *
     * @param entries durable; not empty; of any number of rooms, each room's in the order of {@code seq}; never changed
     */
    void publish(List<Entry> entries);

    /** Ends the relay, and waits a second for its threads at most. What it has not brought by then is lost. */
    @Override
    void close();

    /**
     * The rooms of this node.
     *
     * <p>Threads: may be called on any thread but a loop, also on several at once. A call waits for neither a disk nor a
     * peer. Where the loops have too much to do, it waits until they take more. It throws nothing.
     */
    interface Listener {
        /**
         * Brings entries to the members of their rooms. Entries of rooms without members here are dropped.
         *
         * @param entries not empty; of any number of rooms, in any order; not changed afterwards
         */
        void heard(List<Entry> entries);

        /**
         * The relay may have lost entries of any room. Each room with members looks at the log, a few rooms at a time; one
         * that can't read the log tries again every second.
         */
        void missed();
    }
}
