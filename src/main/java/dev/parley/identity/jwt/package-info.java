/**
 * Authenticates users by JSON Web Tokens (RFC 7519). Only this package depends on the library for them.
 *
 * <p>This package is internal.
 */
package dev.parley.identity.jwt;
