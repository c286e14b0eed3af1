/**
 * What leaves on one connection: the frames that wait, their bounds in bytes, and how several texts become one frame.
 *
 * <p>This package is internal.
 */
package dev.parley.outbox;
