/**
 * The messages of the protocol {@code parley.v1}, its names, its error codes and its close codes: records that check
 * themselves. This package depends only on Java.
 *
 * <p>This package is API for applications and for users of the Java client.
 */
package dev.parley.message;
