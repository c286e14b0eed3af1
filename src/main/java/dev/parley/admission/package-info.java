/**
 * Which requests may become a WebSocket: their form, origin, host and address, and how many connections there may be.
 *
 * <p>This package is internal.
 */
package dev.parley.admission;
