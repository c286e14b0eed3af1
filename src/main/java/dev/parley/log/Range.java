package dev.parley.log;

/** The part of a room's log to read. */
public sealed interface Range {
    /** The most entries to return, 0 or more. */
    int limit();

    /** The first entries with a greater {@code seq}. */
    record After(long seq, int limit) implements Range {}

    /** The last entries with a smaller {@code seq}. */
    record Before(long seq, int limit) implements Range {}

    /** The last entries of the room. */
    record Newest(int limit) implements Range {}
}
