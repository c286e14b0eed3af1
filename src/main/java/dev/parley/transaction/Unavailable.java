package dev.parley.transaction;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;

/** Makes the exceptions for messages that a transaction can't take. Stateless. */
final class Unavailable {
    private Unavailable() {}

    static ParleyException because(String why) {
        return new ParleyException(ErrorCode.UNAVAILABLE, why);
    }
}
