package dev.parley.room;

import dev.parley.log.User;
import dev.parley.loop.Loop;
import dev.parley.message.Body;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends signals to the members of a room. Confined to the room's loop.
 *
 * <p>The signals of an interval are sent together. Of the signals of one sender and kind, only the newest is sent. While {@value
 * #MOST_WAITING} characters wait for the end of the interval, {@value #OVERHEAD} of them for each signal beside its kind and its
 * content, other signals are dropped. A member that receives slowly gets none.
 */
final class SignalBroadcast {
    private static final int MOST_WAITING = 64 * 1024;
    /** What a signal without content has: names and fields on the wire, objects in memory. */
    private static final int OVERHEAD = 200;
    /** In a room of up to so many members, a signal is not sent back to the member that it is from. */
    private static final int SMALL = 100;

    private static final int IN_A_BROADCAST = 500;

    private final RoomName room;
    private final Collection<Membership> members;
    private final BroadcastInterval interval;
    private final Map<Key, Waiting> waiting = new LinkedHashMap<>();
    private int size;

    /** @param kind empty for a text */
    private record Key(UserName from, String kind) {}

    /** @param by null for the application */
    private record Waiting(ServerMessage.Signal signal, Membership by) {}

    /** @param members a view of the room's members */
    SignalBroadcast(RoomName room, Loop loop, Collection<Membership> members) {
        this.room = room;
        this.members = members;
        this.interval = new BroadcastInterval(loop, members, 0, this::sendNow);
    }

    /** @param by the member that sends it; null if the application does */
    void send(User from, Body body, Membership by) {
        Key key = new Key(from.name(), body instanceof Body.Data data ? data.kind() : "");
        Waiting before = waiting.get(key);
        int after = size + weight(key, body) - (before == null ? 0 : weight(key, before.signal.body()));
        if (after > MOST_WAITING) {
            return;
        }
        // Behind those that came since then.
        waiting.remove(key);
        waiting.put(key, new Waiting(new ServerMessage.Signal(room, from.name(), from.id(), body), by));
        size = after;
        interval.request();
    }

    private static int weight(Key key, Body body) {
        return OVERHEAD + key.kind.length() + body.size();
    }

    private void sendNow() {
        if (members.size() <= SMALL) {
            waiting.forEach((key, each) ->
                    hint(List.of("signal", room, key.from, key.kind), Broadcast.of(each.signal), each.by));
        } else {
            List<ServerMessage> signals = new ArrayList<>(waiting.size());
            waiting.values().forEach(each -> signals.add(each.signal));
            // All members share its frames.
            for (Broadcast broadcast : Broadcast.ofMessages(signals, IN_A_BROADCAST)) {
                hint(new Object(), broadcast, null);
            }
        }
        waiting.clear();
        size = 0;
    }

    private void hint(Object key, Broadcast broadcast, Membership except) {
        for (Membership member : members) {
            if (!member.isJoining() && member != except) {
                member.member.hint(key, broadcast);
            }
        }
    }
}
