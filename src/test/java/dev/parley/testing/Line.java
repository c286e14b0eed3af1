package dev.parley.testing;

import dev.parley.message.ClientMessage;
import dev.parley.message.ServerMessage;
import dev.parley.wire.MessageJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A connection of the JDK's own WebSocket client, which reads from its socket only as much as it is asked to. For one
 * thread, beside the client's own.
 */
public final class Line implements WebSocket.Listener, AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final Deque<ServerMessage> messages = new ArrayDeque<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;

    /** Connects, and reads nothing yet. */
    public Line(HttpClient client, URI chat) {
        socket = client.newWebSocketBuilder().buildAsync(chat, this).join();
    }

    @Override
    public void onOpen(WebSocket opened) {
        // The default asks for a first message.
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            frames.add(part.toString());
            part.setLength(0);
        } else {
            from.request(1);
        }
        return null;
    }

    public void says(ClientMessage message) {
        socket.sendText(MessageJson.write(message), true).join();
    }

    /** Reads until a message of this kind, and not a frame further. */
    public <T extends ServerMessage> T awaits(Class<T> kind) throws InterruptedException {
        while (true) {
            while (!messages.isEmpty()) {
                ServerMessage message = messages.remove();
                if (kind.isInstance(message)) {
                    return kind.cast(message);
                }
            }
            socket.request(1);
            String frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            messages.addAll(frame == null ? List.of() : MessageJson.readServer(frame));
            if (frame == null) {
                throw new AssertionError("no " + kind.getSimpleName() + " came");
            }
        }
    }

    /** Whether the server has ended the TCP connection; found by writing to it, without reading. */
    public boolean isCut() throws InterruptedException, TimeoutException {
        try {
            socket.sendPing(ByteBuffer.allocate(0)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                return true;
            }
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
