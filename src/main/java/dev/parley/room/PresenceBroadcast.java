package dev.parley.room;

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
 * <p>In a room of up to {@value #SMALL} members each change leaves at once. In a larger room the changes of an interval
 * leave together, and only the last change of each user: one send costs as much as the room is large, and when many come
 * at once there are as many changes. The interval is {@value #NANOS_PER_MEMBER} ns for each member: one second for 10,000.
 */
final class PresenceBroadcast {
    private static final int SMALL = 100;
    private static final long NANOS_PER_MEMBER = 100_000;
    private static final int IN_A_BROADCAST = 500;
    /** The least time between two broadcasts that the same user types: each one costs as much as the room is large. */
    private static final long TYPING_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final RoomName room;
    private final Loop loop;
    private final Collection<Membership> members;
    private final Map<UserName, Boolean> presence = new LinkedHashMap<>();
    private final Map<UserName, Mark> marks = new LinkedHashMap<>();
    private long sent = System.nanoTime() - TimeUnit.HOURS.toNanos(1);
    private boolean waiting;
    /** When typing was last broadcast for each user, the eldest first; none older than {@link #TYPING_NANOS}. */
    private final Map<UserName, Long> typed = new LinkedHashMap<>();

    private record Mark(Membership by, long seq) {}

    /** @param members those of the room at any time */
    PresenceBroadcast(RoomName room, Loop loop, Collection<Membership> members) {
        this.room = room;
        this.loop = loop;
        this.members = members;
    }

    void arrived(UserName user) {
        change(user, true);
    }

    void departed(UserName user) {
        change(user, false);
    }

    private void change(UserName user, boolean online) {
        // Even where two changes that were not sent cancel each other: a join may have been answered between them.
        presence.remove(user);
        presence.put(user, online);
        send();
    }

    void read(Membership by, long seq) {
        UserName user = by.member.user().name();
        marks.remove(user);
        marks.put(user, new Mark(by, seq));
        send();
    }

    /** Sends it at once, because it is soon out of date. Does nothing when it was sent for this user a moment ago. */
    void typing(Membership from) {
        UserName user = from.member.user().name();
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

    /** A user who has sent a message may be typing again at once. */
    void said(UserName user) {
        if (!typed.isEmpty()) {
            typed.remove(user);
        }
    }

    private void send() {
        if (waiting) {
            return;
        }
        long pause = members.size() <= SMALL ? 0 : sent + members.size() * NANOS_PER_MEMBER - System.nanoTime();
        if (pause <= 0) {
            sendNow();
            return;
        }
        waiting = true;
        loop.addAfter(pause, () -> {
            waiting = false;
            sendNow();
        });
    }

    private void sendNow() {
        sent = System.nanoTime();
        sendPresence();
        sendMarks();
    }

    private void sendPresence() {
        List<ServerMessage> messages = new ArrayList<>(presence.size());
        presence.forEach((user, online) -> messages.add(new ServerMessage.Presence(room, user, online)));
        // A user is not sent its own presence, except in a batch: all members share its frame.
        UserName only = presence.size() == 1 ? presence.keySet().iterator().next() : null;
        presence.clear();
        for (Broadcast broadcast : Broadcast.ofMessages(messages, IN_A_BROADCAST)) {
            for (Membership member : members) {
                if (hears(member) && !member.member.user().name().equals(only)) {
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
