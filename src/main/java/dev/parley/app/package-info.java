/**
 * Puts the parts of Parley together, starts and ends them, and connects them to the beans of an application.
 *
 * <p>This package is internal.
 */
package dev.parley.app;
