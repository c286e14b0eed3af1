package dev.parley.message;

/**
 * What one connection may do.
 *
 * @param text the largest text frame that the server takes, in bytes of UTF-8
 * @param binary the most content that one binary frame may carry, in bytes; its header of at most 4,096 bytes and the two
 *     bytes before that are not counted, so that a file of exactly this size can be sent
 * @param queue how much may wait to be sent to a client before it counts as too slow, in bytes
 * @param rate messages a second that the server takes from a client, in the long run
 */
public record Limits(int text, int binary, int queue, int rate) {}
