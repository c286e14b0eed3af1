/**
 * Frames of the protocol {@code parley.v1} and back: JSON text and binary frames to messages, messages to frames, and
 * the {@code jakarta.websocket} adapters of both. Nothing here has a state; everything is thread-safe unless it says
 * otherwise.
 *
 * <p>This package is internal.
 */
package dev.parley.wire;
