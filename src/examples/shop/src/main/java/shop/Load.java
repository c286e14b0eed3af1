package shop;

/** How many orders wait in the depot. It is a signal: shown to those who are there, and not stored. */
public record Load(long waiting) {}
