package dev.parley.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.outbox.MemoryBudget;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Joins the pieces of a message, up to a limit. Not thread-safe: a container delivers the pieces of one connection one at a
 * time.
 *
 * <p>Messages are received in pieces, because no other way bounds their size in all containers: WildFly 39 ignores
 * {@code maxMessageSize} and all buffer sizes, and Open Liberty 26 ignores them for fragments.
 */
final class Assembler {
    private final int textLimit;
    private final int binaryLimit;
    private final MemoryBudget.Share memory;
    private StringBuilder text;
    private int textBytes;
    /** The pieces of a binary message, or of a text whose pieces are bytes. */
    private ByteBuffer bytes;

    /** A message is larger than its limit: the connection must be closed. */
    static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1L;

        private TooLarge(String what, int limit) {
            super(what + " of more than " + limit + " bytes", null, false, false);
        }
    }

    /** The server has no memory for the rest of a message: the connection must be closed. */
    static final class NoMemory extends Exception {
        private static final long serialVersionUID = 1L;

        private NoMemory() {
            super("the server has no memory for more of this message", null, false, false);
        }
    }

    /**
     * @param textLimit in bytes of UTF-8
     * @param binaryLimit in bytes
     * @param memory counts the pieces of incomplete messages
     */
    Assembler(int textLimit, int binaryLimit, MemoryBudget.Share memory) {
        this.memory = memory;
        this.textLimit = textLimit;
        this.binaryLimit = binaryLimit;
    }

    /** @return the complete message, or null while pieces are missing */
    String text(String piece, boolean last) throws TooLarge, NoMemory {
        textBytes += utf8Length(piece, textLimit - textBytes);
        if (textBytes > textLimit) {
            text = null;
            throw new TooLarge("a text frame", textLimit);
        }
        if (last && text == null) {
            textBytes = 0;
            return piece;
        }
        if (text == null) {
            text = new StringBuilder();
        }
        text.append(piece);
        // A character takes up to two bytes.
        hold(last ? 0 : 2 * text.capacity());
        if (!last) {
            return null;
        }
        String whole = text.toString();
        text = null;
        textBytes = 0;
        return whole;
    }

    /** @return the complete message, in a buffer of its own, or null while pieces are missing */
    ByteBuffer binary(ByteBuffer piece, boolean last) throws TooLarge, NoMemory {
        return join(piece, last, "a binary frame", binaryLimit);
    }

    /**
     * A text whose pieces may end within a character.
     *
     * @return the complete message, or null while pieces are missing
     * @throws CharacterCodingException if it is not UTF-8
     */
    String text(ByteBuffer piece, boolean last) throws TooLarge, NoMemory, CharacterCodingException {
        ByteBuffer whole = join(piece, last, "a text frame", textLimit);
        return whole == null ? null : UTF_8.newDecoder().decode(whole).toString();
    }

    private ByteBuffer join(ByteBuffer piece, boolean last, String what, int limit) throws TooLarge, NoMemory {
        int before = bytes == null ? 0 : bytes.position();
        int size = piece.remaining();
        if (size > limit - before) {
            bytes = null;
            throw new TooLarge(what, limit);
        }
        // The piece is copied, because the container reuses its buffer.
        boolean waits = bytes != null || !last;
        grow(before + size, last, limit);
        bytes.put(piece);
        if (waits) {
            hold(last ? 0 : Math.max(1, bytes.capacity()));
        }
        if (!last) {
            return null;
        }
        ByteBuffer whole = bytes.flip();
        bytes = null;
        return whole;
    }

    private void hold(long size) throws NoMemory {
        if (!memory.hold(size)) {
            text = null;
            bytes = null;
            throw new NoMemory();
        }
    }

    private void grow(int size, boolean last, int limit) {
        if (bytes != null && bytes.capacity() >= size) {
            return;
        }
        int capacity = last ? size : Math.min(limit, 2 * size);
        ByteBuffer larger = ByteBuffer.allocate(capacity);
        if (bytes != null) {
            larger.put(bytes.flip());
        }
        bytes = larger;
    }

    /** The length of a text in UTF-8, in bytes. If it is more than {@code enough}, the result may be any such number. */
    private static int utf8Length(String text, int enough) {
        int length = text.length();
        if (length > enough) {
            return length;
        }
        int bytes = length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // A surrogate is one half of a character of four bytes.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
