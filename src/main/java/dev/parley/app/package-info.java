/**
 * The one place where the parts are put together, started and ended; and how they meet the beans of an application.
 *
 * <p>This package is internal.
 */
package dev.parley.app;
