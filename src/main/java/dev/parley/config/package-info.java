/**
 * The settings, and the one place where the parts are put together, started and ended.
 *
 * <p>This package is internal. The names of the settings do not change.
 */
package dev.parley.config;
