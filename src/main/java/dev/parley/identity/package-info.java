/**
 * Authenticates peers: as the container's principal, as the bearer of a token, or as a guest.
 *
 * <p>This package is internal.
 */
package dev.parley.identity;
