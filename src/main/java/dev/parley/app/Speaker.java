package dev.parley.app;

import dev.parley.log.User;

/**
 * Who sends the messages of a {@link dev.parley.Parley}, and who does everything else. Immutable.
 *
 * @param sender one of the application's names, or a signed-in user for whom the application speaks
 * @param application the application's name, in the audit log and as the one that gives a role
 */
record Speaker(User sender, User application) {

    /** The application, under one of its names. */
    static Speaker of(User application) {
        return new Speaker(application, application);
    }
}
