/**
 * The contract of the log ({@link dev.parley.log.MessageLog}) and its values. It is pure Java, and knows no database.
 *
 * <p>This package is internal: applications use {@code dev.parley.Parley}.
 */
package dev.parley.log;
