package dev.parley.message;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * What an entry says: a text, or bytes with a media type. Immutable, thread-safe.
 *
 * <p>A kind that is added is not forgotten anywhere: the compiler names each switch over {@link #kind} and each call of
 * {@link #match} that does not handle it yet. A switch must therefore be an expression without a default.
 */
public sealed interface Body {
    /** What bodies there are. */
    enum Kind {
        TEXT(false),
        ATTACHMENT(true);

        private final boolean binary;

        Kind(boolean binary) {
            this.binary = binary;
        }

        /** Whether such a body is sent in a binary frame of its own, and not in a text frame beside others. */
        public boolean isBinary() {
            return binary;
        }
    }

    Kind kind();

    /** About how much this holds, known at once: the characters of a text, the bytes of an attachment. */
    int size();

    /** How much this holds, counted: the bytes of a text in UTF-8, or of an attachment. */
    long bytes();

    /**
     * Calls the function that is for this kind. What changes from call to call goes into {@code context}: functions that
     * capture nothing are made once, and not for each message.
     */
    <C, R> R match(
            C context,
            BiFunction<? super C, ? super Text, ? extends R> text,
            BiFunction<? super C, ? super Attachment, ? extends R> attachment);

    /**
     * A text of at least one character. The constructor throws a {@link ParleyException} with
     * {@link ErrorCode#BAD_REQUEST} when it is empty, has a lone surrogate (it could not be sent as UTF-8, RFC 3629
     * section 3) or U+0000 (PostgreSQL can't store it).
     */
    record Text(String value) implements Body {
        public Text {
            if (value.isEmpty()) {
                throw ParleyException.badRequest("text must not be empty");
            }
            checkUnicode("text", value);
        }

        @Override
        public Kind kind() {
            return Kind.TEXT;
        }

        @Override
        public int size() {
            return value.length();
        }

        @Override
        public long bytes() {
            long bytes = value.length();
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                // A surrogate pair is two chars and four bytes.
                bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
            return bytes;
        }

        @Override
        public <C, R> R match(
                C context,
                BiFunction<? super C, ? super Text, ? extends R> text,
                BiFunction<? super C, ? super Attachment, ? extends R> attachment) {
            return text.apply(context, this);
        }
    }

    /**
     * Bytes, sent in a binary frame.
     *
     * @param media their media type, such as {@code image/png}; 1 to 127 characters
     * @param name a file's name, or null; at most 255 characters
     * @param content the bytes; read-only, each call gives a buffer with a position of its own
     */
    record Attachment(String media, String name, ByteBuffer content) implements Body {
        private static final int MAX_MEDIA = 127;
        private static final int MAX_NAME = 255;

        public Attachment {
            Objects.requireNonNull(content);
            if (media.isEmpty() || media.length() > MAX_MEDIA) {
                throw ParleyException.badRequest("media must have 1 to " + MAX_MEDIA + " characters");
            }
            checkUnicode("media", media);
            if (name != null) {
                if (name.length() > MAX_NAME) {
                    throw ParleyException.badRequest("name must have at most " + MAX_NAME + " characters");
                }
                checkUnicode("name", name);
            }
            content = content.asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer content() {
            return content.duplicate();
        }

        @Override
        public Kind kind() {
            return Kind.ATTACHMENT;
        }

        @Override
        public int size() {
            return content.remaining();
        }

        @Override
        public long bytes() {
            return content.remaining();
        }

        @Override
        public <C, R> R match(
                C context,
                BiFunction<? super C, ? super Text, ? extends R> text,
                BiFunction<? super C, ? super Attachment, ? extends R> attachment) {
            return attachment.apply(context, this);
        }
    }

    /** Refuses what can't be sent or stored as Unicode text. */
    static void checkUnicode(String field, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw ParleyException.badRequest(field + " must not contain U+0000");
            }
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isLowSurrogate(c)
                    || i + 1 == text.length()
                    || !Character.isLowSurrogate(text.charAt(i + 1))) {
                throw ParleyException.badRequest(field + " must be Unicode: it has a lone surrogate");
            }
            i++;
        }
    }
}
