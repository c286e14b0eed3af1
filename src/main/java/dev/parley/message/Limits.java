package dev.parley.message;

/**
 * The limits of one connection.
 *
 * @param text the largest text frame that the server accepts, in bytes of UTF-8
 * @param binary the largest content of a binary frame, in bytes. The header of at most 4,096 bytes and the two bytes before
 *     it are not counted, so a file of exactly this size can be sent
 * @param queue the bound of the write queue to a client, in bytes. Above it, the client counts as too slow
 * @param rate the messages per second that the server accepts from a client, on average
 */
public record Limits(int text, int binary, int queue, int rate) {}
