package dev.parley.log.durable;

import dev.parley.message.RoomName;
import dev.parley.message.UserName;

/** How far a user has read a room. */
public record Mark(RoomName room, UserName user, long seq) {}
