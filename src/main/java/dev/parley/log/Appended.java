package dev.parley.log;

import dev.parley.message.Entry;

/**
 * A draft that is in the log.
 *
 * @param entry its durable entry
 * @param repeated whether the entry had been there before, under the same id: its sender is to be answered, and nobody
 *     else told
 */
public record Appended(Draft draft, Entry entry, boolean repeated) {}
