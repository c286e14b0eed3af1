/**
 * The settings: which there are, where they are read, and what they may be.
 *
 * <p>This package is internal. The names of the settings do not change.
 */
package dev.parley.config;
