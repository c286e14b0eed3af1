package dev.parley.testing;

/** How a flood ended. */
public enum FloodEnd {
    /** All was sent. */
    SENT,
    /** The server ended the TCP connection. */
    CLOSED,
    /** The server took nothing for as long as that was waited for. */
    STALLED
}
