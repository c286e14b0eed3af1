/**
 * Sessions, the key that signs them, and the limits of what users and addresses do over time.
 *
 * <p>This package is internal.
 */
package dev.parley.security;
