/**
 * The permissions of callers in rooms: the interface of a policy, and the policies for applications without one. This package
 * depends only on {@code dev.parley.message}.
 *
 * <p>This package is internal.
 */
package dev.parley.access;
