package dev.parley.log;

import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * How far the durable observers of an application have got in each room. Thread-safe; no method waits for a disk.
 *
 * <p>An observer has got all entries of a room up to its position. In a room without a position, it has got none.
 */
public interface ObserverLog {
    /**
     * Makes the position of an observer, unless it has one.
     *
     * @param fromStart false if a new observer gets no entry that is in the log now
     * @return completes when this is durable. Fails with a {@link ParleyException} ({@code unavailable}) if the log can't be
     *     written now, is closed, or 1,000 requests wait; then it can be repeated
     */
    CompletionStage<Void> addObserver(String observer, boolean fromStart);

    /**
     * Stores positions of an observer.
     *
     * @param positions by room; each is larger than the one before
     * @return as {@link #addObserver}
     */
    CompletionStage<Void> advance(String observer, Map<RoomName, Long> positions);

    /** The position of an observer in a room; 0 if it has none. Fails as {@link MessageLog#read} does. */
    CompletionStage<Long> position(String observer, RoomName room);

    /**
     * Looks for rooms with entries that an observer has not got, in 1,000 rooms. Fails as {@link MessageLog#read} does.
     *
     * @param place where to begin: {@link RoomsBehind#BEGIN}, or the place in the answer before
     */
    CompletionStage<RoomsBehind> behind(String observer, long place);
}
