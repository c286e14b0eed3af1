/**
 * An example of an application's bean: it observes entries and answers some of them.
 *
 * <p>This package is an example, and no API.
 */
package dev.parley.greeter;
