package dev.parley.log.sqlite;

import dev.parley.message.RoomName;
import dev.parley.message.UserName;

/** How far a user has read a room. */
record Mark(RoomName room, UserName user, long seq) {}
