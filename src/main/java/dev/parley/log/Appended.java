package dev.parley.log;

import dev.parley.message.Entry;

/**
 * A draft that is stored in the log.
 *
 * @param entry its durable entry
 * @param repeated whether the entry was stored before, under the same id. Then only its sender gets an answer, and it
 *     is not delivered again
 */
public record Appended(Draft draft, Entry entry, boolean repeated) {}
