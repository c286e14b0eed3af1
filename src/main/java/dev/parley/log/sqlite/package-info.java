/**
 * The durable log on SQLite: one writer that commits in groups, a few readers, the data folder, backup and restore.
 *
 * <p>This package is internal.
 */
package dev.parley.log.sqlite;
