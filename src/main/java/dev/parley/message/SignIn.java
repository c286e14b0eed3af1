package dev.parley.message;

/**
 * How a client can authenticate itself to a server. Immutable.
 *
 * @param token whether the server takes tokens
 * @param page the address of a page on which people sign in, relative to the address of the endpoint's application; null if
 *     there is none
 */
public record SignIn(boolean token, String page) {}
