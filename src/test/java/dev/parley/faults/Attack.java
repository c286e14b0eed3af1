package dev.parley.faults;

import java.net.URI;
import java.util.function.BiConsumer;

/**
 * Something that strangers do to a server. Thread-safe: several do it at once.
 *
 * @param name a few words, for the table
 * @param faults what one round consists of, for the table
 * @param deed does it once, to the server at this address; returns when that has been done, or when the server has ended
 *     it, and notes in the findings where honest clients were treated otherwise than promised
 */
record Attack(String name, String faults, BiConsumer<URI, Findings> deed) {
    void strike(URI chat, Findings findings) {
        deed.accept(chat, findings);
    }
}
