/**
 * Decides which requests may become a WebSocket: checks their form, origin, host and address, and limits the number of
 * connections.
 *
 * <p>This package is internal.
 */
package dev.parley.admission;
