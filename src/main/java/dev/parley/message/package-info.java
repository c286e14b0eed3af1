/**
 * The messages of the protocol {@code parley.v1}, the names in it, its error codes and its close codes: records that check
 * themselves. They know only Java.
 *
 * <p>This package is API for applications and for users of the Java client.
 */
package dev.parley.message;
