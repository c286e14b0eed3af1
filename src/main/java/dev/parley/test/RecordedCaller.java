package dev.parley.test;

import dev.parley.CallerHandle;
import dev.parley.RoomHandle;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The {@link CallerHandle} of a {@link RecordingParley}. Thread-safe. */
record RecordedCaller(Recording recording, RecordedSpeaker speaker, CallerId id) implements CallerHandle {

    @Override
    public RoomHandle inbox() {
        if (id.kind() != Caller.Kind.USER) {
            throw new ParleyException(ErrorCode.BAD_REQUEST, "only a signed-in user has an inbox");
        }
        return new RecordedRoom(recording, speaker, RoomName.inbox(id.id()));
    }

    @Override
    public List<ConnectionInfo> connections() {
        return recording.connections().stream()
                .filter(connection -> isOf(connection.caller()))
                .toList();
    }

    private boolean isOf(Caller caller) {
        return caller.kind() == id.kind() && caller.id().equals(id.id());
    }

    @Override
    public int disconnect(String why) {
        return connections().stream()
                .map(ConnectionInfo::user)
                .distinct()
                .mapToInt(recording::disconnect)
                .sum();
    }

    @Override
    public CompletionStage<Long> erase() {
        return recording.stage(() -> {
            long own = recording.change(entry -> entry.caller().equals(id), Entry::withoutSender);
            return id.kind() == Caller.Kind.USER
                    ? own
                            + recording.change(
                                    entry -> entry.room().equals(RoomName.inbox(id.id())), Entry::withoutContent)
                    : own;
        });
    }
}
