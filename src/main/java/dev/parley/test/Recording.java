package dev.parley.test;

import dev.parley.message.AuditEntry;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.ConnectionState;
import dev.parley.message.Entry;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.Target;
import dev.parley.message.UserName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What was sent and done, and who is there. All objects of one {@link RecordingParley} share it. Thread-safe. */
final class Recording {
    private final Map<RoomName, List<Entry>> entries = new HashMap<>();
    /** The numbers of the entries that the application has sent. */
    private final Map<RoomName, Set<Long>> sent = new HashMap<>();

    private final Map<RoomName, List<Body>> signals = new HashMap<>();
    private final Map<RoomName, Map<UserName, CallerId>> members = new HashMap<>();
    private final Map<RoomName, Map<CallerId, Role>> roles = new HashMap<>();
    private final List<AuditEntry> audit = new ArrayList<>();
    private final List<String> rechecks = new ArrayList<>();
    private final List<ConnectionInfo> connections = new ArrayList<>();
    private final List<Consumer<Entry>> observers = new ArrayList<>();
    private ParleyException failure;
    private long connected;

    /** A complete stage: with the value, or failed as {@link #failWith} says. */
    <T> CompletionStage<T> stage(Supplier<T> value) {
        ParleyException why;
        synchronized (this) {
            why = failure;
        }
        return why == null ? CompletableFuture.completedFuture(value.get()) : CompletableFuture.failedFuture(why);
    }

    synchronized void failWith(ParleyException why) {
        failure = why;
    }

    synchronized void observe(Consumer<Entry> observer) {
        observers.add(observer);
    }

    /** The application sends. As {@link #add}. */
    Entry send(RoomName room, RecordedSpeaker speaker, String id, Body body) {
        return add(room, speaker.id(), speaker.name(), id, body, true);
    }

    /** A user sends. Adds an entry, or returns the first one with its id. */
    Entry add(RoomName room, CallerId caller, UserName from, String id, Body body) {
        return add(room, caller, from, id, body, false);
    }

    private Entry add(RoomName room, CallerId caller, UserName from, String id, Body body, boolean isSent) {
        Entry added;
        List<Consumer<Entry>> told;
        synchronized (this) {
            List<Entry> before = entries.computeIfAbsent(room, unknown -> new ArrayList<>());
            Optional<Entry> same = before.stream()
                    .filter(entry -> id != null
                            && id.equals(entry.id())
                            && entry.caller().equals(caller))
                    .findFirst();
            if (same.isPresent()) {
                return same.get();
            }
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            added = new Entry(room, before.size() + 1L, id, from, caller, now, body);
            before.add(added);
            if (isSent) {
                sent.computeIfAbsent(room, unknown -> new HashSet<>()).add(added.seq());
            }
            told = List.copyOf(observers);
        }
        told.forEach(observer -> observer.accept(added));
        return added;
    }

    synchronized List<Entry> entries(RoomName room) {
        return List.copyOf(entries.getOrDefault(room, List.of()));
    }

    synchronized List<Entry> sent(RoomName room) {
        Set<Long> numbers = sent.getOrDefault(room, Set.of());
        return entries(room).stream()
                .filter(entry -> numbers.contains(entry.seq()))
                .toList();
    }

    /** Changes the entries that match, and returns how many of them had a content. */
    synchronized long change(Predicate<Entry> which, UnaryOperator<Entry> change) {
        long changed = entries.values().stream()
                .flatMap(List::stream)
                .filter(entry -> which.test(entry) && !entry.erased())
                .count();
        entries.values().forEach(all -> all.replaceAll(entry -> which.test(entry) ? change.apply(entry) : entry));
        return changed;
    }

    synchronized void signal(RoomName room, Body body) {
        signals.computeIfAbsent(room, unknown -> new ArrayList<>()).add(body);
    }

    synchronized List<Body> signals(RoomName room) {
        return List.copyOf(signals.getOrDefault(room, List.of()));
    }

    synchronized void join(Caller who, RoomName room) {
        if (connections.stream().noneMatch(each -> each.user().equals(who.name()))) {
            connect(who);
        }
        members.computeIfAbsent(room, unknown -> new TreeMap<>())
                .put(who.name(), new CallerId(who.kind(), who.getName()));
    }

    synchronized Map<UserName, CallerId> members(RoomName room) {
        return new LinkedHashMap<>(members.getOrDefault(room, Map.of()));
    }

    synchronized Set<RoomName> rooms() {
        return Set.copyOf(members.keySet());
    }

    synchronized ConnectionInfo connect(Caller who) {
        ConnectionInfo connection = new ConnectionInfo(++connected, who, ConnectionState.OPEN);
        connections.add(connection);
        return connection;
    }

    synchronized List<ConnectionInfo> connections() {
        return List.copyOf(connections);
    }

    /** The user has no connection any more, and is in no room. */
    synchronized int disconnect(UserName user) {
        int before = connections.size();
        connections.removeIf(each -> each.user().equals(user));
        members.values().forEach(all -> all.remove(user));
        members.values().removeIf(Map::isEmpty);
        return before - connections.size();
    }

    /** @param room null for the whole server */
    synchronized void act(
            UserName by,
            RoomName room,
            ModerationAction action,
            Target whom,
            Duration duration,
            boolean address,
            Role role,
            String reason) {
        Optional<Target> target = Optional.ofNullable(whom);
        Optional<Entry> message = target.map(Target::seq)
                .flatMap(seq -> entries(room).stream()
                        .filter(entry -> entry.seq() == seq)
                        .findFirst());
        UserName name = target.map(Target::user).orElse(message.map(Entry::from).orElse(null));
        CallerId id =
                target.map(Target::caller).orElse(message.map(Entry::caller).orElseGet(() -> idOf(room, name)));
        audit.add(new AuditEntry(
                audit.size() + 1L,
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                new CallerId(Caller.Kind.APPLICATION, by.value()),
                by,
                room,
                action,
                id,
                name,
                target.map(Target::seq).orElse(null),
                duration == null ? null : duration.toSeconds(),
                address,
                role,
                reason));
        if (action.isAboutRoles() && id != null) {
            Map<CallerId, Role> ofRoom = roles.computeIfAbsent(room, unknown -> new HashMap<>());
            switch (action) {
                case INVITE -> ofRoom.putIfAbsent(id, Role.MEMBER);
                case DISMISS -> ofRoom.remove(id);
                default -> ofRoom.put(id, role);
            }
        }
    }

    private CallerId idOf(RoomName room, UserName name) {
        return room == null || name == null ? null : members(room).get(name);
    }

    synchronized Map<CallerId, Role> roles(RoomName room) {
        return Map.copyOf(roles.getOrDefault(room, Map.of()));
    }

    synchronized List<AuditEntry> audit(long after, int limit) {
        return audit.stream().filter(each -> each.number() > after).limit(limit).toList();
    }

    synchronized void recheck(String name) {
        rechecks.add(name);
    }

    synchronized List<String> rechecks() {
        return List.copyOf(rechecks);
    }
}
