/**
 * The standalone server: Tyrus, Grizzly and Weld SE on one port. No container sees this package.
 *
 * <p>This package is internal.
 */
package dev.parley.standalone;
