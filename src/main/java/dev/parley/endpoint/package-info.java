/**
 * The WebSocket at {@code /chat}: handshake, connections, conversations, outboxes, heartbeat, and the limits of each.
 *
 * <p>This package is internal.
 */
package dev.parley.endpoint;
