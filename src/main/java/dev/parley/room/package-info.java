/**
 * Rooms: members, delivery in order, presence and read marks. It is pure Java.
 *
 * <p>This package is internal: applications use {@code dev.parley.Parley}.
 */
package dev.parley.room;
