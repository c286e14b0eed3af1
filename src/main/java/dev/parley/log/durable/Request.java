package dev.parley.log.durable;

import dev.parley.message.ParleyException;
import java.sql.SQLException;

/** A change that is no draft, and the stage that waits for its result. Requests share one queue and its bound. */
interface Request {
    /**
     * Changes something in the open transaction.
     *
     * @return what to do after the commit: it notifies, and completes the stage
     * @throws SQLException the appender must be closed
     */
    Runnable run(Appender appender, Listeners listeners) throws SQLException;

    /** The key of the user that it erases; null if it erases none. */
    default String erasedUser() {
        return null;
    }

    /** It can be repeated. */
    void failed(ParleyException why, Listeners listeners);
}
