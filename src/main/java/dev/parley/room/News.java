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
 * Who came, who went, who types, and who has read how far: tells it to the members of a room. Confined to the room's loop.
 *
 * <p>At once in a room of up to {@value #SMALL} members. In a larger one what happens within a while is told together,
 * and of each user only the last: each telling costs as much as the room is large, and in a storm there are as many to
 * tell of. That while is {@value #NANOS_PER_MEMBER} ns for each member, one second for 10,000.
 */
final class News {
    private static final int SMALL = 100;
    private static final long NANOS_PER_MEMBER = 100_000;
    private static final int IN_A_BROADCAST = 500;
    /** So often at most is told that a user types: each time costs as much as the room is large. */
    private static final long TYPING_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final RoomName room;
    private final Loop loop;
    private final Collection<Membership> members;
    private final Map<UserName, Boolean> presence = new LinkedHashMap<>();
    private final Map<UserName, Mark> marks = new LinkedHashMap<>();
    private long told = System.nanoTime() - TimeUnit.HOURS.toNanos(1);
    private boolean waiting;
    /** When each user's typing was told last, the eldest first; none older than {@link #TYPING_NANOS}. */
    private final Map<UserName, Long> typed = new LinkedHashMap<>();

    private record Mark(Membership by, long seq) {}

    /** @param members those of the room at any time */
    News(RoomName room, Loop loop, Collection<Membership> members) {
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
        // Even where it was the other way before, and was not told: a join may have been answered meanwhile.
        presence.remove(user);
        presence.put(user, online);
        tell();
    }

    void read(Membership by, long seq) {
        UserName user = by.member.user().name();
        marks.remove(user);
        marks.put(user, new Mark(by, seq));
        tell();
    }

    /** At once, as it is soon out of date; or not at all, where that was told of the user a moment ago. */
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

    /** Whoever has said something may be typing again at once. */
    void said(UserName user) {
        if (!typed.isEmpty()) {
            typed.remove(user);
        }
    }

    private void tell() {
        if (waiting) {
            return;
        }
        long pause = members.size() <= SMALL ? 0 : told + members.size() * NANOS_PER_MEMBER - System.nanoTime();
        if (pause <= 0) {
            tellNow();
            return;
        }
        waiting = true;
        loop.addAfter(pause, () -> {
            waiting = false;
            tellNow();
        });
    }

    private void tellNow() {
        told = System.nanoTime();
        tellPresence();
        tellMarks();
    }

    private void tellPresence() {
        List<ServerMessage> messages = new ArrayList<>(presence.size());
        presence.forEach((user, online) -> messages.add(new ServerMessage.Presence(room, user, online)));
        // Nobody is told of itself; but in a storm, those who are don't mind, and the same frame goes to all.
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

    private void tellMarks() {
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
