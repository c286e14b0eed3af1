/**
 * Sessions, the key that signs them, and the limits of messages and bytes over time.
 *
 * <p>This package is internal.
 */
package dev.parley.security;
