/**
 * The WebSocket at {@code /chat}: its handshake, its connections with their heartbeat and their limits, and the conversation
 * with each peer.
 *
 * <pre>
 *   ChatEndpoint, PathEndpoint, ChatFilter ──▶ Connections ──▶ ConnectedMember ──▶ Conversation ──▶ Peer ──▶ Connection
 * </pre>
 *
 * <p>Dependencies go only to the right. A {@code Connection} knows nothing of rooms, and notifies its listener of its end.
 *
 * <p>This package is internal.
 */
package dev.parley.endpoint;
