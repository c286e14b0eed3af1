package dev.parley.faults;

import java.net.URI;

/** Something that strangers do to a server. Thread-safe: several do it at once. */
interface Attack {
    /** A few words, for the table. */
    String name();

    /** What one round consists of, for the table. */
    String faults();

    /**
     * Does it once; returns when that has been done, or when the server has ended it.
     *
     * @param findings where it is noted that the server treated honest clients otherwise than promised
     */
    void strike(URI chat, Findings findings);
}
