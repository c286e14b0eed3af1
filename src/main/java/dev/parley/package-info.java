/**
 * Parley for the beans of an application; start with {@link dev.parley.Parley}. This package depends only on the records of
 * {@link dev.parley.message}.
 *
 * <p>This package is API.
 */
package dev.parley;
