package dev.parley.test;

import dev.parley.UserHandle;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.ModerationAction;
import dev.parley.message.Target;
import dev.parley.message.UserName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The {@link UserHandle} of a {@link RecordingParley}. Thread-safe. */
record RecordedUser(Recording recording, UserName application, UserName name) implements UserHandle {

    @Override
    public List<ConnectionInfo> connections() {
        return recording.connections().stream()
                .filter(connection -> connection.user().equals(name))
                .toList();
    }

    @Override
    public void recheck() {
        recording.recheck(name.value());
    }

    @Override
    public int disconnect(String why) {
        return recording.disconnect(name);
    }

    @Override
    public CompletionStage<Void> ban(Duration duration, boolean address, String reason) {
        return act(ModerationAction.BAN, duration, address, reason);
    }

    @Override
    public CompletionStage<Void> unban(String reason) {
        return act(ModerationAction.UNBAN, null, false, reason);
    }

    private CompletionStage<Void> act(ModerationAction action, Duration duration, boolean address, String reason) {
        return recording.stage(() -> {
            recording.act(application, null, action, Target.user(name), duration, address, null, reason);
            return null;
        });
    }
}
