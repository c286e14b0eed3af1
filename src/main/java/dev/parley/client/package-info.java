/**
 * The Java client, on any Jakarta WebSocket client.
 *
 * <p>This package is API: {@link dev.parley.client.ChatClient}, its options and its listener.
 *
 * <pre>
 * ChatClient ──► ClientConnection ──► ClientOutbox ──► session        one ClientConnection for each TCP connection;
 *                  │   ▲      └─────► Requests                        a client that comes back makes another one
 *                  │   └── ChatClientEndpoint ◄── session
 *                  └──► ListenerThread ──► ChatListener, replies
 * </pre>
 */
package dev.parley.client;
