/**
 * Who a peer is: the container's principal, the bearer of a token, or a guest.
 *
 * <p>This package is internal.
 */
package dev.parley.identity;
