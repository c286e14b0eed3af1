/**
 * The durable log: one writer that commits in groups, a few readers, fairness between senders, and the handling of a
 * disk that is full, broken or does not answer. It depends on no database, only on the interface
 * {@link dev.parley.log.durable.Database}.
 *
 * <p>This package is internal.
 */
package dev.parley.log.durable;
