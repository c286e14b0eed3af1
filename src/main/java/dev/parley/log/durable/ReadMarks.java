package dev.parley.log.durable;

import dev.parley.message.RoomName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The marks that wait to be written: the newest one of each user in each room. Not thread-safe.
 *
 * <p>It holds at most {@value #BOUND} marks. Beyond that, it drops marks of the room that has waited longest. A mark is
 * only a receipt, and a user who reads further makes a new one.
 */
final class ReadMarks {
    static final int BOUND = 100_000;

    /** By room, then by the key of the user. */
    private final Map<RoomName, Map<String, Long>> rooms = new LinkedHashMap<>();

    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    void put(Mark mark) {
        Map<String, Long> users = rooms.computeIfAbsent(mark.room(), room -> new LinkedHashMap<>());
        Long before = users.get(mark.user());
        if (before == null) {
            size++;
        }
        if (before == null || before < mark.seq()) {
            users.put(mark.user(), mark.seq());
        }
        if (size > BOUND) {
            dropOldest();
        }
    }

    private void dropOldest() {
        Map.Entry<RoomName, Map<String, Long>> oldest =
                rooms.entrySet().iterator().next();
        remove(oldest.getKey(), oldest.getValue().keySet().iterator().next());
    }

    private void remove(RoomName room, String user) {
        Map<String, Long> users = rooms.get(room);
        users.remove(user);
        size--;
        if (users.isEmpty()) {
            rooms.remove(room);
        }
    }

    /** Up to {@code limit} marks, beginning with the room that has waited longest. They are not removed. */
    List<Mark> eldest(int limit) {
        List<Mark> marks = new ArrayList<>(Math.min(limit, size));
        for (Map.Entry<RoomName, Map<String, Long>> room : rooms.entrySet()) {
            for (Map.Entry<String, Long> user : room.getValue().entrySet()) {
                if (marks.size() == limit) {
                    return marks;
                }
                marks.add(new Mark(room.getKey(), user.getKey(), user.getValue()));
            }
        }
        return marks;
    }

    Map<String, Long> of(RoomName room) {
        return Map.copyOf(rooms.getOrDefault(room, Map.of()));
    }

    /** Removes all marks of a user. */
    void removeOf(String user) {
        List.copyOf(rooms.keySet()).stream()
                .filter(room -> rooms.get(room).containsKey(user))
                .forEach(room -> remove(room, user));
    }

    /** Removes marks that are written; a newer mark of the same user stays. */
    void remove(List<Mark> marks) {
        for (Mark mark : marks) {
            Long now = rooms.getOrDefault(mark.room(), Map.of()).get(mark.user());
            if (now != null && now == mark.seq()) {
                remove(mark.room(), mark.user());
            }
        }
    }
}
