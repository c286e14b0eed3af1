/**
 * The log that an operator reads: one line each for start, drain and stop, and counts of rejected requests and closed
 * connections.
 *
 * <p>This package is internal. The names of its loggers do not change.
 */
package dev.parley.operator;
