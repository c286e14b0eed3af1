package dev.parley.endpoint;

import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.room.Rooms;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The pages of history that one connection has asked for, read one after the other and only as fast as the peer takes
 * them. Thread-safe.
 */
final class Pages {
    private static final int CAPACITY = 100;

    private final Connection connection;
    private final Rooms rooms;
    private final Queue<ClientMessage.History> waiting = new ArrayDeque<>(0);
    private boolean reading;

    Pages(Connection connection, Rooms rooms) {
        this.connection = connection;
        this.rooms = rooms;
    }

    /** @throws ParleyException with {@code tooFast} when {@value #CAPACITY} wait already */
    void ask(ClientMessage.History request) {
        synchronized (this) {
            if (reading && waiting.size() >= CAPACITY) {
                throw new ParleyException(ErrorCode.TOO_FAST, CAPACITY + " pages of history wait already");
            }
            if (reading) {
                waiting.add(request);
                return;
            }
            reading = true;
        }
        read(request);
    }

    private void read(ClientMessage.History request) {
        connection.whenReady(() -> rooms.history(connection, request, this::next));
    }

    private void next() {
        ClientMessage.History request;
        synchronized (this) {
            request = waiting.poll();
            reading = request != null;
        }
        if (request != null) {
            read(request);
        }
    }
}
