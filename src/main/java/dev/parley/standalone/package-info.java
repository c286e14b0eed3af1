/**
 * The standalone server: Tyrus, Grizzly and Weld SE on one port. Containers never load this package.
 *
 * <p>This package is internal.
 */
package dev.parley.standalone;
