package dev.parley.app;

import dev.parley.CallerHandle;
import dev.parley.Parley;
import dev.parley.RoomHandle;
import dev.parley.UserHandle;
import dev.parley.endpoint.Connections;
import dev.parley.endpoint.Moderation;
import dev.parley.endpoint.OpenConnections;
import dev.parley.log.ErasureScope;
import dev.parley.log.MessageLog;
import dev.parley.log.User;
import dev.parley.message.AuditEntry;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.Limits;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import dev.parley.room.Rooms;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The {@link Parley} of this process, under one of the application's names, or for a signed-in user. Thread-safe. */
final class LocalParley implements Parley {
    private final Engine engine;
    private final Speaker speaker;

    /** The parts of Parley. All objects of one application share it, except those that ignore transactions. */
    record Engine(
            MessageLog log,
            Rooms rooms,
            OwnNames names,
            OpenConnections connections,
            Moderation moderation,
            Limits limits,
            Completions completions,
            Outgoing outgoing) {
        Engine(
                MessageLog log,
                Rooms rooms,
                OwnNames names,
                Connections connections,
                Limits limits,
                Completions completions,
                Outgoing outgoing) {
            this(
                    log,
                    rooms,
                    names,
                    connections.ofApplication(),
                    connections.moderation(),
                    limits,
                    completions,
                    outgoing);
        }

        /** The same without transactions. */
        Engine now() {
            return new Engine(log, rooms, names, connections, moderation, limits, completions, outgoing.now());
        }
    }

    LocalParley(Engine engine, UserName name) {
        this(engine, Speaker.of(engine.names().user(name)));
    }

    private LocalParley(Engine engine, Speaker speaker) {
        this.engine = engine;
        this.speaker = speaker;
    }

    @Override
    public UserName name() {
        return speaker.sender().name();
    }

    @Override
    public Parley as(String name) {
        return new LocalParley(engine, new UserName(name));
    }

    @Override
    public Parley as(Principal user) {
        Caller caller = Caller.signedIn(user);
        User sender = engine.names().signedIn(CallerId.of(caller), caller.name());
        return new LocalParley(engine, new Speaker(sender, speaker.application()));
    }

    @Override
    public Parley now() {
        return new LocalParley(engine.now(), speaker);
    }

    @Override
    public RoomHandle room(RoomName name) {
        if (name.isView()) {
            throw ParleyException.badRequest(
                    "the application names a direct room by the ids of both users: RoomName.direct(id, id); and an inbox by"
                            + " the id of its user: RoomName.inbox(id)");
        }
        return new LocalRoom(engine, speaker, name);
    }

    @Override
    public UserHandle user(UserName name) {
        return new LocalUser(engine, speaker.application(), Objects.requireNonNull(name));
    }

    @Override
    public CompletionStage<List<AuditEntry>> audit(long after, int limit) {
        if (after < 0 || limit < 1 || limit > AuditEntry.MOST) {
            throw ParleyException.badRequest("after must be 0 or more, and limit from 1 to " + AuditEntry.MOST);
        }
        return engine.completions().ofRead(() -> engine.log().audit(after, limit));
    }

    @Override
    public CallerHandle caller(CallerId id) {
        return new LocalCaller(engine, speaker, new ErasureScope.OfUser(id));
    }

    @Override
    public Set<RoomName> rooms() {
        return engine.rooms().names();
    }

    @Override
    public Set<UserName> users() {
        return connections().stream()
                .map(ConnectionInfo::user)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<ConnectionInfo> connections() {
        return engine.connections().snapshot();
    }
}
