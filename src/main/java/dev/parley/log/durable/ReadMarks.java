package dev.parley.log.durable;

import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The marks that wait to be written, the newest one of each user in each room. Not thread-safe.
 *
 * <p>At most {@value #BOUND}: beyond, those of the room that has waited longest are dropped. They are receipts; a user
 * who reads on makes a new one.
 */
final class ReadMarks {
    static final int BOUND = 100_000;

    private final Map<RoomName, Map<UserName, Long>> rooms = new LinkedHashMap<>();
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void put(Mark mark) {
        Map<UserName, Long> users = rooms.computeIfAbsent(mark.room(), room -> new LinkedHashMap<>());
        Long before = users.get(mark.user());
        if (before == null) {
            size++;
        }
        if (before == null || before < mark.seq()) {
            users.put(mark.user(), mark.seq());
        }
        if (size > BOUND) {
            dropEldest();
        }
    }

    private void dropEldest() {
        Map.Entry<RoomName, Map<UserName, Long>> eldest =
                rooms.entrySet().iterator().next();
        remove(eldest.getKey(), eldest.getValue().keySet().iterator().next());
    }

    private void remove(RoomName room, UserName user) {
        Map<UserName, Long> users = rooms.get(room);
        users.remove(user);
        size--;
        if (users.isEmpty()) {
            rooms.remove(room);
        }
    }

    /** Up to {@code limit} marks, those of the room that has waited longest first. They stay. */
    List<Mark> eldest(int limit) {
        List<Mark> marks = new ArrayList<>(Math.min(limit, size));
        for (Map.Entry<RoomName, Map<UserName, Long>> room : rooms.entrySet()) {
            for (Map.Entry<UserName, Long> user : room.getValue().entrySet()) {
                if (marks.size() == limit) {
                    return marks;
                }
                marks.add(new Mark(room.getKey(), user.getKey(), user.getValue()));
            }
        }
        return marks;
    }

    Map<UserName, Long> of(RoomName room) {
        return Map.copyOf(rooms.getOrDefault(room, Map.of()));
    }

    /** Takes away what need not wait any longer; a newer mark of the same user stays. */
    void remove(List<Mark> marks) {
        for (Mark mark : marks) {
            Long now = rooms.getOrDefault(mark.room(), Map.of()).get(mark.user());
            if (now != null && now == mark.seq()) {
                remove(mark.room(), mark.user());
            }
        }
    }
}
