/**
 * What an application sends in a JTA transaction: messages wait until the transaction has committed, in memory or in a table of
 * the application's database. Pure Java with JTA and JDBC; it knows no rooms and no connections.
 *
 * <p>This package is internal.
 */
package dev.parley.transaction;
