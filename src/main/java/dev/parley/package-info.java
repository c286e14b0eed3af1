/**
 * Parley for the beans of an application: {@link dev.parley.Parley} is the way in. It knows only the records of {@link
 * dev.parley.message}.
 *
 * <p>This package is API.
 */
package dev.parley;
