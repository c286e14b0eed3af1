/**
 * The contract of the log ({@link dev.parley.log.MessageLog}) and its values. It does not depend on a database.
 *
 * <p>This package is internal: applications use {@code dev.parley.Parley}.
 */
package dev.parley.log;
