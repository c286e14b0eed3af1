package dev.parley.test;

import dev.parley.History;
import dev.parley.RoomHandle;
import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.DirectRooms;
import dev.parley.message.Entry;
import dev.parley.message.Keep;
import dev.parley.message.ModerationAction;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Target;
import dev.parley.message.UserName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The {@link RoomHandle} of a {@link RecordingParley}. Thread-safe. */
record RecordedRoom(Recording recording, RecordedSpeaker speaker, RoomName name) implements RoomHandle {

    @Override
    public CompletionStage<Entry> send(Body body) {
        return say(null, body);
    }

    @Override
    public CompletionStage<Entry> send(String id, Body body) {
        return say(Objects.requireNonNull(id), body);
    }

    private CompletionStage<Entry> say(String id, Body body) {
        // The rules for a message are in its record.
        ClientMessage.Say checked = new ClientMessage.Say(null, name, id, body);
        DirectRooms.checkSender(speaker.id(), name);
        return recording.stage(() -> recording.send(name, speaker, id, checked.body()));
    }

    @Override
    public void signal(Object value) {
        DirectRooms.checkSender(speaker.id(), name);
        recording.signal(name, new ClientMessage.Signal(null, name, Body.of(value)).body());
    }

    @Override
    public CompletionStage<Boolean> erase(long seq) {
        return erase(seq, null);
    }

    @Override
    public CompletionStage<Boolean> erase(long seq, String reason) {
        return recording.stage(() -> {
            boolean known = recording.entries(name).stream().anyMatch(entry -> entry.seq() == seq);
            if (known) {
                recording.act(
                        speaker.application(),
                        name,
                        ModerationAction.ERASE,
                        Target.authorOf(seq),
                        null,
                        false,
                        null,
                        reason);
                recording.change(entry -> entry.room().equals(name) && entry.seq() == seq, Entry::withoutContent);
            }
            return known;
        });
    }

    @Override
    public CompletionStage<Long> eraseAll() {
        return recording.stage(() -> recording.change(entry -> entry.room().equals(name), Entry::withoutContent));
    }

    @Override
    public CompletionStage<Void> remove(Target whom, String reason) {
        return act(ModerationAction.REMOVE, whom, null, false, null, reason);
    }

    @Override
    public CompletionStage<Void> ban(Target whom, Duration duration, boolean address, String reason) {
        return act(ModerationAction.BAN, whom, duration, address, null, reason);
    }

    @Override
    public CompletionStage<Void> unban(Target whom, String reason) {
        return act(ModerationAction.UNBAN, whom, null, false, null, reason);
    }

    @Override
    public CompletionStage<Void> mute(Target whom, Duration duration, boolean address, String reason) {
        return act(ModerationAction.MUTE, whom, duration, address, null, reason);
    }

    @Override
    public CompletionStage<Void> unmute(Target whom, String reason) {
        return act(ModerationAction.UNMUTE, whom, null, false, null, reason);
    }

    @Override
    public CompletionStage<Void> slow(Duration pause, String reason) {
        return act(ModerationAction.SLOW, null, pause, false, null, reason);
    }

    @Override
    public CompletionStage<Void> keep(Keep keep) {
        return act(ModerationAction.KEEP, null, null, false, null, keep.text());
    }

    @Override
    public CompletionStage<Void> keepDefault() {
        return act(ModerationAction.KEEP, null, null, false, null, "default");
    }

    @Override
    public CompletionStage<Void> create(CallerId owner, boolean closed) {
        return act(ModerationAction.CREATE, Target.caller(owner), null, false, Role.OWNER, null);
    }

    @Override
    public CompletionStage<Void> invite(Target whom, String reason) {
        return act(ModerationAction.INVITE, whom, null, false, Role.MEMBER, reason);
    }

    @Override
    public CompletionStage<Void> dismiss(Target whom, String reason) {
        return act(ModerationAction.DISMISS, whom, null, false, null, reason);
    }

    @Override
    public CompletionStage<Void> appoint(Target whom, Role role, String reason) {
        return act(ModerationAction.APPOINT, whom, null, false, Objects.requireNonNull(role), reason);
    }

    @Override
    public CompletionStage<Void> close(String reason) {
        return act(ModerationAction.CLOSE, null, null, false, null, reason);
    }

    @Override
    public CompletionStage<Void> open(String reason) {
        return act(ModerationAction.OPEN, null, null, false, null, reason);
    }

    private CompletionStage<Void> act(
            ModerationAction action, Target whom, Duration duration, boolean address, Role role, String reason) {
        return recording.stage(() -> {
            recording.act(speaker.application(), name, action, whom, duration, address, role, reason);
            return null;
        });
    }

    @Override
    public CompletionStage<Map<CallerId, Role>> roles() {
        return recording.stage(() -> recording.roles(name));
    }

    @Override
    public CompletionStage<List<UserName>> members() {
        return recording.stage(() -> List.copyOf(recording.members(name).keySet()));
    }

    @Override
    public CompletionStage<Map<UserName, CallerId>> callers() {
        return recording.stage(() -> recording.members(name));
    }

    @Override
    public void recheck() {
        recording.recheck(name.value());
    }

    @Override
    public CompletionStage<Long> position() {
        return recording.stage(() -> (long) recording.entries(name).size());
    }

    @Override
    public CompletionStage<History> newest(int limit) {
        return page(null, null, limit);
    }

    @Override
    public CompletionStage<History> before(long seq, int limit) {
        return page(seq, null, limit);
    }

    @Override
    public CompletionStage<History> after(long seq, int limit) {
        return page(null, seq, limit);
    }

    private CompletionStage<History> page(Long before, Long after, int limit) {
        new ClientMessage.History(null, name, before, after, limit);
        return recording.stage(() -> {
            List<Entry> all = recording.entries(name).stream()
                    .filter(entry -> before == null || entry.seq() < before)
                    .filter(entry -> after == null || entry.seq() > after)
                    .toList();
            int size = Math.min(limit, all.size());
            int start = after == null ? all.size() - size : 0;
            return new History(all.subList(start, start + size), all.size() > size);
        });
    }
}
