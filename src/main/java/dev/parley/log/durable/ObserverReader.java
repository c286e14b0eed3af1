package dev.parley.log.durable;

import dev.parley.log.RoomsBehind;
import dev.parley.message.RoomName;
import java.sql.SQLException;

/** Reads the positions of observers. For the thread of its {@link Reader}, and with its rules. */
public interface ObserverReader {
    /** The position of an observer in a room; 0 if it has none. */
    long position(String observer, RoomName room) throws SQLException;

    /** As {@link dev.parley.log.ObserverLog#behind} describes. */
    RoomsBehind behind(String observer, long place) throws SQLException;
}
