/**
 * Who may do what in which room: the question, and the answers that need no application. It knows only the vocabulary.
 *
 * <p>This package is internal.
 */
package dev.parley.access;
