/**
 * The outgoing side of a connection: its write queue, its bounds in bytes, and the joining of several texts into one
 * frame.
 *
 * <p>This package is internal.
 */
package dev.parley.outbox;
