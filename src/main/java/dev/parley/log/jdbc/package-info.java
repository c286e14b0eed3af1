/**
 * What databases that are reached through JDBC have in common: the rows of entries, and how a log is read. The statements
 * are those that every database understands; each database makes the tables in its own way.
 *
 * <p>This package is internal.
 */
package dev.parley.log.jdbc;
