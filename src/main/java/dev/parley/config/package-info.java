/**
 * The settings: their table, their sources and their allowed values.
 *
 * <p>This package is internal. The names of the settings do not change.
 */
package dev.parley.config;
