/**
 * The threads on which rooms live and connections send. No task on them waits for a disk or a peer.
 *
 * <p>This package is internal.
 */
package dev.parley.loop;
