package dev.parley.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;

/** The messages of one connection, as far as the headers of their frames show them (RFC 6455 section 5.4). Not thread-safe. */
final class MessageSequence {
    private final boolean hidesTexts;
    /** Whether each message that the endpoint has not got completely is a text. At most the messages of one read. */
    private final Queue<Boolean> hidden = new ArrayDeque<>();

    // Of the present message.
    private boolean binary;
    private long bytes;
    /** It has begun, and its last frame has not come. */
    private boolean open;

    /** @param hidesTexts whether the WebSocket container gets texts as binary messages */
    MessageSequence(boolean hidesTexts) {
        this.hidesTexts = hidesTexts;
    }

    /** A data frame has come. @return false if it is a continuation of nothing, or begins a message within another */
    boolean continues(FrameHeader header) {
        boolean wasOpen = open;
        open = !header.isFinal();
        return wasOpen == (header.opcode() == FrameHeader.CONTINUATION);
    }

    /** Begins a message if this frame does. @param at the index of its header */
    void begin(FrameHeader header, ByteBuffer came, int at) {
        if (header.opcode() == FrameHeader.CONTINUATION) {
            return;
        }
        binary = header.opcode() == FrameHeader.BINARY;
        bytes = 0;
        if (hidesTexts) {
            hidden.add(!binary);
            if (!binary) {
                header.becomeBinary(came, at);
            }
        }
    }

    boolean isBinary() {
        return binary;
    }

    /** The bytes of the payloads before the present frame. */
    long bytes() {
        return bytes;
    }

    void add(long payload) {
        bytes += payload;
    }

    /** Whether the next piece that the endpoint gets as binary belongs to a text. @param last whether it ends its message */
    boolean isText(boolean last) {
        Boolean text = last ? hidden.poll() : hidden.peek();
        return text != null && text;
    }
}
