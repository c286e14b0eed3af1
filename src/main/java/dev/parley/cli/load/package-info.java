/**
 * The load generator behind the command {@code load}.
 *
 * <p>This package is internal.
 */
package dev.parley.cli.load;
