/**
 * Rooms: members, delivery in order, presence, read marks, and the contract of the log ({@link dev.parley.room.MessageLog}).
 * It is pure Java.
 *
 * <p>{@link dev.parley.room.Rooms#bot} and {@link dev.parley.room.Bot} are API for applications. All else is internal.
 */
package dev.parley.room;
