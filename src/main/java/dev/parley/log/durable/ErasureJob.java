package dev.parley.log.durable;

/**
 * Everything of a scope that begins to be erased; the database remembers it until its last step.
 *
 * @param id identifies it in its database
 * @param until the time of the log's newest entry, in milliseconds since 1970; each later entry gets a later time
 */
public record ErasureJob(long id, long until) {}
