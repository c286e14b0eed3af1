package dev.parley.message;

/**
 * What one connection may do.
 *
 * @param text the largest text frame that the server takes, in bytes of UTF-8
 * @param binary the largest binary frame that the server takes, in bytes
 * @param queue how much may wait to be sent to a client before it counts as too slow, in bytes
 * @param rate messages a second that the server takes from a client, in the long run
 */
public record Limits(int text, int binary, int queue, int rate) {}
