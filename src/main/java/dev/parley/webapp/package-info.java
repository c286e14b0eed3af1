/**
 * The files of the page, and the headers of their answers.
 *
 * <p>This package is internal. The page's modules, such as {@code parley.js}, are API for pages.
 */
package dev.parley.webapp;
