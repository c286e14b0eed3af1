package dev.parley.log.durable;

import dev.parley.message.RoomName;
import java.sql.SQLException;
import java.util.Map;

/** Writes the positions of observers, in the open transaction of its {@link Appender}, and for its thread. */
public interface ObserverWriter {
    /**
     * Adds an observer, unless it is there.
     *
     * @param fromStart false if its position in each room is the last entry
     * @throws SQLException only {@link Appender#close} may come next
     */
    void add(String observer, boolean fromStart) throws SQLException;

    /**
     * Changes positions. Rooms without entries have none.
     *
     * @throws SQLException only {@link Appender#close} may come next
     */
    void advance(String observer, Map<RoomName, Long> positions) throws SQLException;
}
