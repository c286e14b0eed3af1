/**
 * The WebSocket at {@code /chat}: handshake, connections, conversations, outboxes, heartbeat, and the limits of each.
 *
 * <p>{@link dev.parley.endpoint.ConnectionTransition} is API: applications observe it. All else is internal.
 */
package dev.parley.endpoint;
