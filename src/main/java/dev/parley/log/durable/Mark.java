package dev.parley.log.durable;

import dev.parley.message.RoomName;

/**
 * How far a user has read a room.
 *
 * @param user the key of the user
 */
public record Mark(RoomName room, String user, long seq) {}
