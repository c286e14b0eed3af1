/**
 * Rooms: members, delivery in order, presence, read marks, and the contract of the log ({@link dev.parley.room.MessageLog}).
 * It is pure Java.
 *
 * <p>This package is internal: applications use {@code dev.parley.Parley}.
 */
package dev.parley.room;
