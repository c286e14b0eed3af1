/**
 * The command line: {@code serve}, {@code load}, {@code backup} and {@code restore}.
 *
 * <p>The classes are internal; the commands and their options are for users.
 */
package dev.parley.cli;
