/**
 * The command line: {@code serve}, {@code load}, {@code backup}, {@code restore}, {@code audit} and {@code token}.
 *
 * <p>The classes are internal; the commands and their options are for users.
 */
package dev.parley.cli;
