/**
 * The durable log: one writer that commits in groups, a few readers, fairness between senders, and what happens while
 * the disk is full, broken or silent. It knows no database, only the contract {@link dev.parley.log.durable.Database}.
 *
 * <p>This package is internal.
 */
package dev.parley.log.durable;
