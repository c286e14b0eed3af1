/**
 * Rooms: members, delivery in order, presence and read marks. This package depends on no container.
 *
 * <p>This package is internal: applications use {@code dev.parley.Parley}.
 */
package dev.parley.room;
