package dev.parley.app;

import dev.parley.CallerHandle;
import dev.parley.RoomHandle;
import dev.parley.log.ErasureScope;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The {@link CallerHandle} of a caller in this process. Immutable, thread-safe. */
record LocalCaller(LocalParley.Engine engine, Speaker speaker, ErasureScope.OfUser scope) implements CallerHandle {
    @Override
    public CallerId id() {
        return scope.user();
    }

    @Override
    public RoomHandle inbox() {
        if (id().kind() != Caller.Kind.USER) {
            throw ParleyException.badRequest("only a signed-in user has an inbox");
        }
        return new LocalRoom(engine, speaker, RoomName.inbox(id().id()));
    }

    @Override
    public List<ConnectionInfo> connections() {
        return engine.connections().snapshot().stream()
                .filter(connection -> isOf(connection.caller()))
                .toList();
    }

    private boolean isOf(Caller caller) {
        return caller != null && caller.kind() == id().kind() && caller.id().equals(id().id());
    }

    @Override
    public int disconnect(String why) {
        LocalUser.checkReason(why);
        return engine.connections().disconnect(id(), why);
    }

    @Override
    public CompletionStage<Long> erase() {
        return engine.completions().of(() -> engine.log().eraseAll(scope));
    }
}
