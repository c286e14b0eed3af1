package dev.parley.room;

import dev.parley.log.MessageLog;
import dev.parley.log.UnreadRoom;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.DirectRooms;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Notifies the users of direct rooms and inboxes of new entries, and users of roles that they get in other rooms, on all their connections
 * that are not in the room. Thread-safe; it never waits.
 *
 * <pre>
 *   a user arrives ────────────────▶ read the unread rooms from the log ──▶ invited
 *   a new entry ──▶ a hint: invited     ▲            │ failed
 *                    │ no space for it  │            ▼
 *                    └──────────────────┴──── a heartbeat later
 * </pre>
 *
 * <p>Bounds: while a connection receives slowly, it has at most one hint for each room, and one read of the log. It is not invited
 * twice to the same entry: see {@link InvitedRooms}.
 */
final class Invitations {
    private final MessageLog log;
    /** The connections of each signed-in user of this process, by id. */
    private final Map<String, Map<Member, InvitedRooms>> connected = new ConcurrentHashMap<>();
    /** For which the log will be read. */
    private final Set<Member> waiting = ConcurrentHashMap.newKeySet();
    /** For which the log could not be read. */
    private final Set<Member> failed = ConcurrentHashMap.newKeySet();

    private record Key(RoomName invitedTo) {
        /** Replaces the method of the record, as {@link #hashCode} does, for the reason of {@link CallerId#equals}. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && invitedTo.equals(key.invitedTo);
        }

        @Override
        public int hashCode() {
            return invitedTo.hashCode();
        }
    }

    Invitations(MessageLog log) {
        this.log = log;
    }

    /**
     * A connection knows its user. Called once for each connection.
     *
     * @param ofRoles whether it is also invited to rooms in which its user gets a role
     */
    void arrived(Member member, boolean ofRoles) {
        if (member.user().id().kind() == Caller.Kind.USER) {
            connected.compute(member.user().id().id(), (id, before) -> {
                Map<Member, InvitedRooms> members = before == null ? new ConcurrentHashMap<>(1) : before;
                members.put(member, new InvitedRooms(ofRoles));
                return members;
            });
            readFor(member);
        }
    }

    /** The connection ends. */
    void departed(Member member) {
        connected.computeIfPresent(member.user().id().id(), (id, members) -> {
            members.remove(member);
            return members.isEmpty() ? null : members;
        });
        waiting.remove(member);
        failed.remove(member);
    }

    /** Reads the log again for a connection for which this failed. Called again and again, by any thread. */
    void look(Member member) {
        if (!failed.isEmpty() && failed.remove(member)) {
            readFor(member);
        }
    }

    /**
     * A direct room has new entries. On the room's loop.
     *
     * @param isIn whether a member is in the room
     */
    void heard(RoomName room, List<Entry> entries, Predicate<Member> isIn) {
        Entry newest = entries.get(entries.size() - 1);
        for (String id : room.ids()) {
            Map<Member, InvitedRooms> members = of(id);
            if (members.isEmpty()) {
                continue;
            }
            RoomName shown = DirectRooms.shownTo(new CallerId(Caller.Kind.USER, id), room);
            Broadcast broadcast = Broadcast.of(invitation(shown, newest.from(), newest.caller(), newest.seq()));
            members.forEach((member, known) -> {
                boolean isTold = isIn.test(new DirectMember(member, room, shown))
                        || !known.isNews(room, newest.seq())
                        || member.hint(new Key(room), broadcast);
                if (isTold) {
                    known.add(room, newest.seq());
                } else {
                    readFor(member);
                }
            });
        }
    }

    /**
     * A user has got a role in a room. On the room's loop.
     *
     * @param isIn whether a member is in the room
     */
    void invited(CallerId user, ServerMessage.Invited invited, Predicate<Member> isIn) {
        Broadcast broadcast = Broadcast.of(invited);
        of(user.id()).forEach((member, known) -> {
            known.forget(invited.room());
            boolean isTold = isIn.test(member)
                    || !known.isNews(invited.room(), invited.seq())
                    || member.hint(new Key(invited.room()), broadcast);
            if (isTold) {
                known.add(invited.room(), invited.seq());
            } else {
                readFor(member);
            }
        });
    }

    /** An older client does not know the name of an inbox. It ignores a message of a type that it does not know. */
    private static ServerMessage invitation(RoomName shown, UserName from, CallerId caller, long seq) {
        return shown.equals(RoomName.INBOX)
                ? new ServerMessage.Inbox(from, caller, seq)
                : new ServerMessage.Invited(shown, from, caller, seq);
    }

    private Map<Member, InvitedRooms> of(String id) {
        return connected.getOrDefault(id, Map.of());
    }

    /** Some entries of direct rooms may not have come here. */
    void missed() {
        connected.values().forEach(members -> members.keySet().forEach(this::readFor));
    }

    /** Some entries of a room may not have come here. Nothing happens if it is no direct room. */
    void missed(RoomName room) {
        room.ids().forEach(id -> of(id).keySet().forEach(this::readFor));
    }

    private void readFor(Member member) {
        if (waiting.add(member)) {
            member.whenReady(() -> read(member));
            forgetUnlessConnected(member, waiting);
        }
    }

    /** It may have departed just now, and is not known here for ever. */
    private void forgetUnlessConnected(Member member, Set<Member> from) {
        if (!of(member.user().id().id()).containsKey(member)) {
            from.remove(member);
        }
    }

    private CompletionStage<Void> read(Member member) {
        waiting.remove(member);
        return log.unread(member.user()).handle((rooms, failure) -> {
            if (failure == null) {
                send(member, rooms);
            } else {
                failed.add(member);
                forgetUnlessConnected(member, failed);
            }
            return null;
        });
    }

    private void send(Member member, List<UnreadRoom> rooms) {
        CallerId caller = member.user().id();
        InvitedRooms known = of(caller.id()).get(member);
        if (known == null) {
            return;
        }
        List<UnreadRoom> news = rooms.stream()
                .filter(unread -> known.isNews(unread.room(), unread.seq()))
                .toList();
        List<ServerMessage> invited = news.stream()
                .map(unread -> invitation(
                        DirectRooms.shownTo(caller, unread.room()), unread.from(), unread.caller(), unread.seq()))
                .toList();
        Broadcast.ofMessages(invited, MessageLog.MOST_UNREAD).forEach(member::tell);
        // The log has the newest room first.
        for (int i = news.size() - 1; i >= 0; i--) {
            known.add(news.get(i).room(), news.get(i).seq());
        }
    }
}
