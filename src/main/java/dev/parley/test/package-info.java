/**
 * A {@code Parley} for the unit tests of an application, which need no server: {@link dev.parley.test.RecordingParley}.
 *
 * <p>This package is API. It is in a jar of its own (classifier {@code test}), and neither in the WAR nor in the jar of the module.
 */
package dev.parley.test;
