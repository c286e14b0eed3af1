/**
 * The common parts of all databases with a JDBC driver: the rows of entries, and reading a log. The statements work on
 * every database; each database creates the tables in its own way.
 *
 * <p>This package is internal.
 */
package dev.parley.log.jdbc;
