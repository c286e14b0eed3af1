/**
 * Converts frames of the protocols {@code parley.v1} and {@code parley.v2} to messages and back, in JSON text and in binary frames, with the
 * {@code jakarta.websocket} encoders and decoders. Everything is thread-safe unless its comment says otherwise.
 *
 * <p>This package is internal.
 */
package dev.parley.wire;
