/**
 * Users by JSON Web Tokens (RFC 7519); the one package that knows the library for them.
 *
 * <p>This package is internal.
 */
package dev.parley.identity.jwt;
