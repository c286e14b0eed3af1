/**
 * The TCP connection below a WebSocket: how it is read, how it is kept alive, and how it ends. Here is the gate that
 * reads incoming frames before the WebSocket container does.
 *
 * <p>This package is internal.
 */
package dev.parley.transport;
