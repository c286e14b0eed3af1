package dev.parley.standalone;

import dev.parley.endpoint.Transport;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import java.nio.ByteBuffer;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;

/** Writes to a TCP connection past Tyrus, through TLS where that is on. What Tyrus itself writes stands before or after. */
final class Bytes implements Transport.Bytes {
    private static final SendResult WRITTEN = new SendResult();

    private final Connection<?> connection;
    private final MemoryManager<?> memory;

    Bytes(Connection<?> connection) {
        this.connection = connection;
        this.memory = connection.getTransport().getMemoryManager();
    }

    @Override
    public void write(ByteBuffer bytes, SendHandler written) {
        connection.write(Buffers.wrap(memory, bytes), completion(written));
    }

    private static <L> EmptyCompletionHandler<WriteResult<Buffer, L>> completion(SendHandler written) {
        return new EmptyCompletionHandler<>() {
            @Override
            public void completed(WriteResult<Buffer, L> result) {
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
