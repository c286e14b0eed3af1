package dev.parley.transaction;

import dev.parley.log.User;
import dev.parley.message.CallerId;
import dev.parley.message.UserName;

/** Knows the senders of messages that waited in the table, perhaps since before a restart. Thread-safe. */
public interface Senders {
    /** One of the application's names. */
    User application(UserName name);

    /**
     * A signed-in user for whom the application has sent.
     *
     * @param name the name that the user had when the message was sent; the user may get another one
     */
    User signedIn(CallerId user, UserName name);
}
