/**
 * The threads that run the tasks of rooms and send the frames of connections. No task waits for a disk or a peer.
 *
 * <p>This package is internal.
 */
package dev.parley.loop;
