package dev.parley.system;

import dev.parley.client.ChatClient;
import dev.parley.client.ChatListener;
import dev.parley.client.ClientOptions;
import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.ConnectionState;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Someone on the Java client who remembers every entry, in the order in which it came; over all connections, each one a
 * return to where the one before had ended. For one thread, beside the client's own.
 */
final class Guest implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;

    private final UserName name;
    /** What was heard before the present connection heard anything live; by this thread only. */
    private final Map<RoomName, List<Entry>> before = new HashMap<>();
    /** What the present connection hears live. */
    private Map<RoomName, List<Entry>> live = Map.of();

    private ChatClient client;
    private String epoch;

    Guest(String name) {
        this.name = new UserName(name);
    }

    /** Connects, as the same user if it was here before, and joins the rooms from where it was. */
    List<ServerMessage.Joined> comesTo(URI chat, List<RoomName> rooms) {
        rooms.forEach(room -> before.put(room, heard(room)));
        Map<RoomName, List<Entry>> now = new ConcurrentHashMap<>();
        live = now;
        ChatListener listener = new ChatListener() {
            @Override
            public void entry(Entry entry) {
                now.computeIfAbsent(entry.room(), room -> Collections.synchronizedList(new ArrayList<>()))
                        .add(entry);
            }
        };
        ClientOptions options =
                ClientOptions.defaults().withName(name).withListener(listener).withReconnect(false);
        client = ChatClient.connect(
                chat,
                client == null ? options : options.withSession(client.welcome().session()));
        return rooms.stream().map(this::joins).toList();
    }

    private ServerMessage.Joined joins(RoomName room) {
        ServerMessage.Joined joined = ends(
                epoch == null
                        ? client.join(room)
                        : client.join(room, before.get(room).size(), epoch));
        epoch = joined.epoch();
        return joined;
    }

    private static List<Entry> joined(List<Entry> first, List<Entry> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    UserName name() {
        return name;
    }

    ConnectionState state() {
        return client.state();
    }

    CompletableFuture<ServerMessage.Said> say(RoomName room, String id, Body body) {
        return client.say(room, id, body).toCompletableFuture();
    }

    /** All that it has heard in a room. */
    List<Entry> heard(RoomName room) {
        return joined(before.getOrDefault(room, List.of()), List.copyOf(live.getOrDefault(room, List.of())));
    }

    /** The whole log of a room, page by page. */
    List<Entry> reads(RoomName room) {
        List<Entry> all = new ArrayList<>();
        ServerMessage.History page;
        do {
            long last = all.isEmpty() ? 0 : all.get(all.size() - 1).seq();
            page = ends(client.historyAfter(room, last, ClientMessage.MAX_LIMIT));
            all.addAll(page.entries());
        } while (page.more());
        return all;
    }

    static <T> T ends(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        client.close();
    }
}
