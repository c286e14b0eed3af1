package dev.parley.room;

import dev.parley.log.User;
import dev.parley.loop.Loop;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sends presence, typing and read marks to the members of a room. Confined to the room's loop.
 *
 * <p>In a room of up to {@value #SMALL} members, each change is sent at once. In a larger room the changes of an interval are
 * sent together, and only the last change of each user. The cost of one send grows with the members, and if many users join
 * at once, the number of changes grows too.
 */
final class PresenceBroadcast {
    private static final int SMALL = 100;
    private static final int IN_A_BROADCAST = 500;
    /** The shortest time between two typing broadcasts for one user. The cost of a broadcast grows with the members. */
    private static final long TYPING_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final RoomName room;
    private final Collection<Membership> members;
    private final Map<UserName, Change> presence = new LinkedHashMap<>();
    private final Map<UserName, Mark> marks = new LinkedHashMap<>();
    private final BroadcastInterval interval;
    /** When typing was last broadcast for each user, the oldest first. Times older than {@link #TYPING_NANOS} are removed. */
    private final Map<UserName, Long> typed = new LinkedHashMap<>();

    /** The last change of a user that is not sent yet. */
    private record Change(User user, boolean online) {}

    private record Mark(Membership by, long seq) {}

    /** @param members a view of the room's members */
    PresenceBroadcast(RoomName room, Loop loop, Collection<Membership> members) {
        this.room = room;
        this.members = members;
        this.interval = new BroadcastInterval(loop, members, SMALL, this::sendNow);
    }

    void arrived(User user) {
        change(user, true);
    }

    void departed(User user) {
        change(user, false);
    }

    private void change(User user, boolean online) {
        // Two unsent changes that cancel each other are sent too: a join may have been answered between them.
        presence.remove(user.name());
        presence.put(user.name(), new Change(user, online));
        interval.request();
    }

    void read(Membership by, long seq) {
        UserName user = by.user.name();
        marks.remove(user);
        marks.put(user, new Mark(by, seq));
        interval.request();
    }

    /** Sends {@code typing} at once, because it is soon out of date. Does nothing if it was just sent for this user. */
    void typing(Membership from) {
        UserName user = from.user.name();
        long now = System.nanoTime();
        Iterator<Long> eldest = typed.values().iterator();
        while (eldest.hasNext() && now - eldest.next() >= TYPING_NANOS) {
            eldest.remove();
        }
        if (typed.putIfAbsent(user, now) != null) {
            return;
        }
        Broadcast broadcast = Broadcast.of(new ServerMessage.Typing(room, user));
        hintOthers(from, List.of("typing", room, user), broadcast);
    }

    /** The user has sent a message, so the next {@code typing} is sent at once. */
    void said(UserName user) {
        if (!typed.isEmpty()) {
            typed.remove(user);
        }
    }

    private void sendNow() {
        sendPresence();
        sendMarks();
    }

    private void sendPresence() {
        List<ServerMessage> messages = new ArrayList<>(presence.size());
        presence.forEach((user, change) ->
                messages.add(new ServerMessage.Presence(room, user, change.user.id(), change.online)));
        // A user is not sent its own presence, except in a batch: all members share its frame.
        User only = presence.size() == 1 ? presence.values().iterator().next().user : null;
        presence.clear();
        for (Broadcast broadcast : Broadcast.ofMessages(messages, IN_A_BROADCAST)) {
            for (Membership member : members) {
                if (hears(member) && !member.user.equals(only)) {
                    member.member.tell(broadcast);
                }
            }
        }
    }

    private void sendMarks() {
        List<ServerMessage> messages = new ArrayList<>(marks.size());
        marks.forEach((user, mark) -> messages.add(new ServerMessage.Read(room, user, mark.seq)));
        Map.Entry<UserName, Mark> only =
                marks.size() == 1 ? marks.entrySet().iterator().next() : null;
        Membership reader = only == null ? null : only.getValue().by;
        marks.clear();
        for (Broadcast broadcast : Broadcast.ofMessages(messages, IN_A_BROADCAST)) {
            Object key = only == null ? new Object() : List.of("read", room, only.getKey());
            hintOthers(reader, key, broadcast);
        }
    }

    private void hintOthers(Membership except, Object key, Broadcast broadcast) {
        for (Membership member : members) {
            if (hears(member) && member != except) {
                member.member.hint(key, broadcast);
            }
        }
    }

    private static boolean hears(Membership member) {
        return !member.isJoining();
    }
}
