package dev.parley.test;

import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.UserName;

/**
 * Who sends the messages of a {@link RecordingParley}, and who does everything else. Immutable.
 *
 * @param name of the sender
 * @param id of the sender
 * @param application the application's name, in the audit log
 */
record RecordedSpeaker(UserName name, CallerId id, UserName application) {

    static RecordedSpeaker application(UserName name) {
        return new RecordedSpeaker(name, new CallerId(Caller.Kind.APPLICATION, name.value()), name);
    }

    RecordedSpeaker as(Caller user) {
        return new RecordedSpeaker(user.name(), CallerId.of(user), application);
    }
}
