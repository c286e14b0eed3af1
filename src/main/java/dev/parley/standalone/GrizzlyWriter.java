package dev.parley.standalone;

import dev.parley.outbox.SocketWriter;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.Writer;
import org.glassfish.grizzly.asyncqueue.WritableMessage;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;

/**
 * Writes to a TCP connection without Tyrus, through TLS if that is on. Bytes that Tyrus writes come before or after,
 * never between. Called for one write at a time.
 */
final class GrizzlyWriter implements SocketWriter {
    private static final SendResult WRITTEN = new SendResult();

    private final Connection<SocketAddress> connection;
    private final MemoryManager<?> memory;
    /** Null if the filters must process the bytes. */
    private final Writer<SocketAddress> socket;

    /** @param secure whether TLS is on; without TLS, no filter changes the bytes */
    @SuppressWarnings("unchecked")
    GrizzlyWriter(Connection<?> connection, boolean secure) {
        this.connection = (Connection<SocketAddress>) connection;
        this.memory = connection.getTransport().getMemoryManager();
        this.socket = secure
                ? null
                : ((TCPNIOTransport) connection.getTransport())
                        .getAsyncQueueIO()
                        .getWriter();
    }

    @Override
    public void write(ByteBuffer bytes, SendHandler written) {
        Buffer buffer = Buffers.wrap(memory, bytes);
        if (socket == null) {
            connection.write(buffer, completion(written));
        } else {
            socket.write(connection, null, buffer, GrizzlyWriter.<WritableMessage, SocketAddress>completion(written));
        }
    }

    private static <K, L> EmptyCompletionHandler<WriteResult<K, L>> completion(SendHandler written) {
        return new EmptyCompletionHandler<>() {
            @Override
            public void completed(WriteResult<K, L> result) {
                written.onResult(WRITTEN);
            }

            @Override
            public void cancelled() {
                failed(new IllegalStateException("the write was cancelled"));
            }

            @Override
            public void failed(Throwable cause) {
                written.onResult(new SendResult(cause));
            }
        };
    }
}
