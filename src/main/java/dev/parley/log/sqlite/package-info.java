/**
 * The log's database on SQLite: the data folder, the tables, backup and restore.
 *
 * <p>This package is internal.
 */
package dev.parley.log.sqlite;
