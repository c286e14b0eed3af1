package dev.parley.app;

import dev.parley.History;
import dev.parley.RoomHandle;
import dev.parley.endpoint.ModerationOrder;
import dev.parley.log.ErasureScope;
import dev.parley.log.ModerationRequest;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.DirectRooms;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.Keep;
import dev.parley.message.Limits;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Target;
import dev.parley.message.UserName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** The {@link RoomHandle} of a room in this process. Immutable, thread-safe. */
record LocalRoom(LocalParley.Engine engine, Speaker speaker, RoomName name) implements RoomHandle {

    @Override
    public CompletionStage<Entry> send(Body body) {
        return say(null, body);
    }

    @Override
    public CompletionStage<Entry> send(String id, Body body) {
        if (id == null) {
            throw ParleyException.badRequest("id must not be null");
        }
        return say(id, body);
    }

    private CompletionStage<Entry> say(String id, Body body) {
        // The same rules as for a peer's message.
        ClientMessage.Say checked = new ClientMessage.Say(null, name, id, body);
        DirectRooms.checkHeader(name, checked.body());
        DirectRooms.checkSender(speaker.sender().id(), name);
        checkSize(checked.body(), engine.limits());
        return engine.outgoing().send(name, speaker.sender(), id, body);
    }

    /** @throws ParleyException with {@code tooLarge} if a body is larger than a message may be */
    static void checkSize(Body body, Limits limits) {
        boolean binary = body.form().isBinary();
        int limit = binary ? limits.binary() : limits.text();
        if (body.bytes() > limit) {
            throw new ParleyException(
                    ErrorCode.TOO_LARGE,
                    "the " + (binary ? "content" : "message") + " has more than " + limit + " bytes");
        }
    }

    @Override
    public void signal(Object value) {
        Body body = Body.of(value);
        ClientMessage.Signal checked = new ClientMessage.Signal(null, name, body);
        DirectRooms.checkSender(speaker.sender().id(), name);
        checkSize(checked.body(), engine.limits());
        engine.rooms().signal(name, speaker.sender(), body);
    }

    @Override
    public CompletionStage<Boolean> erase(long seq) {
        return erase(seq, null);
    }

    @Override
    public CompletionStage<Boolean> erase(long seq, String reason) {
        ModerationRequest request = ModerationRequest.erase(speaker.application(), name, seq, reason);
        return engine.completions().of(() -> engine.log().erase(request));
    }

    @Override
    public CompletionStage<Void> remove(Target whom, String reason) {
        return moderate(ModerationAction.REMOVE, whom, null, false, reason);
    }

    @Override
    public CompletionStage<Void> ban(Target whom, Duration duration, boolean address, String reason) {
        if (name.isInbox()) {
            throw ParleyException.badRequest("nobody is banned from an inbox, which only its user reads");
        }
        if (name.isDirect()) {
            throw ParleyException.badRequest(
                    "nobody is banned from a direct room: mute the user in it, or ban the user from the server");
        }
        return moderate(ModerationAction.BAN, whom, seconds(duration), address, reason);
    }

    @Override
    public CompletionStage<Void> unban(Target whom, String reason) {
        return moderate(ModerationAction.UNBAN, whom, null, false, reason);
    }

    @Override
    public CompletionStage<Void> mute(Target whom, Duration duration, boolean address, String reason) {
        return moderate(ModerationAction.MUTE, whom, seconds(duration), address, reason);
    }

    @Override
    public CompletionStage<Void> unmute(Target whom, String reason) {
        return moderate(ModerationAction.UNMUTE, whom, null, false, reason);
    }

    @Override
    public CompletionStage<Void> slow(Duration pause, String reason) {
        return moderate(ModerationAction.SLOW, null, pause.toSeconds(), false, reason);
    }

    @Override
    public CompletionStage<Void> keep(Keep keep) {
        Objects.requireNonNull(keep);
        return engine.completions().of(() -> engine.log().keep(speaker.application(), name, keep));
    }

    @Override
    public CompletionStage<Void> keepDefault() {
        return engine.completions().of(() -> engine.log().keep(speaker.application(), name, null));
    }

    @Override
    public CompletionStage<Void> create(CallerId owner, boolean closed) {
        RoomName room = checked();
        return engine.completions()
                .of(() -> engine.moderation().create(speaker.application(), room, owner, null, closed));
    }

    @Override
    public CompletionStage<Void> invite(Target whom, String reason) {
        return moderate(ModerationAction.INVITE, whom, null, false, reason);
    }

    @Override
    public CompletionStage<Void> dismiss(Target whom, String reason) {
        return moderate(ModerationAction.DISMISS, whom, null, false, reason);
    }

    @Override
    public CompletionStage<Void> appoint(Target whom, Role role, String reason) {
        return moderate(new ModerationOrder(
                checked(), ModerationAction.APPOINT, whom, null, null, false, Objects.requireNonNull(role), reason));
    }

    @Override
    public CompletionStage<Void> close(String reason) {
        return moderate(ModerationAction.CLOSE, null, null, false, reason);
    }

    @Override
    public CompletionStage<Void> open(String reason) {
        return moderate(ModerationAction.OPEN, null, null, false, reason);
    }

    @Override
    public CompletionStage<Map<CallerId, Role>> roles() {
        return engine.completions()
                .ofRead(() -> engine.log()
                        .standings(name)
                        .thenApply(standings -> standings.byKey().entrySet().stream()
                                .filter(one -> one.getValue().role() != null)
                                .collect(Collectors.toUnmodifiableMap(
                                        one -> CallerId.ofKey(one.getKey()),
                                        one -> one.getValue().role()))));
    }

    private static Long seconds(Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }

    private CompletionStage<Void> moderate(
            ModerationAction action, Target whom, Long seconds, boolean address, String reason) {
        return moderate(new ModerationOrder(
                action.isAboutRoles() ? checked() : name, action, whom, null, seconds, address, reason));
    }

    private RoomName checked() {
        if (name.isDirect()) {
            throw ParleyException.badRequest("a direct room is for its two users alone: nobody has a role there");
        }
        return name;
    }

    private CompletionStage<Void> moderate(ModerationOrder order) {
        return engine.completions().of(() -> engine.moderation().moderate(speaker.application(), "", order));
    }

    @Override
    public CompletionStage<Long> eraseAll() {
        return engine.completions().of(() -> engine.log().eraseAll(new ErasureScope.OfRoom(name)));
    }

    @Override
    public CompletionStage<List<UserName>> members() {
        return engine.completions()
                .of(() -> engine.rooms().callers(name).thenApply(callers -> List.copyOf(callers.keySet())));
    }

    @Override
    public CompletionStage<Map<UserName, CallerId>> callers() {
        return engine.completions().of(() -> engine.rooms().callers(name));
    }

    @Override
    public void recheck() {
        engine.connections().recheck(name);
    }

    @Override
    public CompletionStage<Long> position() {
        return engine.completions()
                .ofRead(() -> engine.log().read(name, new Range.Newest(0)).thenApply(Page::last));
    }

    @Override
    public CompletionStage<History> newest(int limit) {
        return history(null, null, limit, new Range.Newest(limit));
    }

    @Override
    public CompletionStage<History> before(long seq, int limit) {
        return history(seq, null, limit, new Range.Before(seq, limit));
    }

    @Override
    public CompletionStage<History> after(long seq, int limit) {
        return history(null, seq, limit, new Range.After(seq, limit));
    }

    private CompletionStage<History> history(Long before, Long after, int limit, Range range) {
        ClientMessage.History checked = new ClientMessage.History(null, name, before, after, limit);
        return engine.completions()
                .ofRead(() -> engine.log()
                        .read(checked.room(), range)
                        .thenApply(page -> new History(page.entries(), page.more())));
    }
}
