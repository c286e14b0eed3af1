package dev.parley.log;

import dev.parley.message.RoomName;

/**
 * Notified of changed standings, on the writer's thread, in the order of the changes, before the stage of the change
 * completes. Must not wait.
 */
public interface StandingListener {
    /** This is durable now. */
    void changed(StandingsChange change);

    /** It is unknown whether a change in this room is durable. @param room null for the whole server */
    void unknown(RoomName room);

    /** Does nothing. */
    StandingListener NONE = new StandingListener() {
        @Override
        public void changed(StandingsChange change) {}

        @Override
        public void unknown(RoomName room) {}
    };
}
