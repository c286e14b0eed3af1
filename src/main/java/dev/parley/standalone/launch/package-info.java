/**
 * The start of {@code java -jar}: checks the version of Java, unpacks the files that the standalone server needs, and
 * starts it.
 *
 * <p>This package is internal.
 */
package dev.parley.standalone.launch;
