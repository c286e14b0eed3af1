package dev.parley.message;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * The content of an entry: a text, or bytes with a media type; or a reference in place of the bytes. Immutable, thread-safe.
 *
 * <p>If a new kind is added, the compiler reports each switch over {@link #kind} and each call of {@link #match} that does
 * not handle it. For this, each switch must be an expression without a default.
 */
public sealed interface Body {
    /** The kinds of bodies. */
    enum Kind {
        TEXT(false),
        ATTACHMENT(true),
        REFERENCE(false);

        private final boolean binary;

        Kind(boolean binary) {
            this.binary = binary;
        }

        /** Whether a body of this kind is sent in a binary frame of its own. Other bodies share a text frame. */
        public boolean isBinary() {
            return binary;
        }
    }

    Kind kind();

    /** The approximate size, without counting: the characters of a text, or the bytes of an attachment. */
    int size();

    /** The exact size: the bytes of a text in UTF-8, or the bytes of an attachment. */
    long bytes();

    /**
     * Calls the function for this kind. The caller passes values that change from call to call in {@code context}, because
     * Java makes a function that captures nothing only once, and not for each message.
     */
    <C, R> R match(
            C context,
            BiFunction<? super C, ? super Text, ? extends R> text,
            BiFunction<? super C, ? super Attachment, ? extends R> attachment,
            BiFunction<? super C, ? super Reference, ? extends R> reference);

    /**
     * A text of at least one character. The constructor throws a {@link ParleyException} with
     * {@link ErrorCode#BAD_REQUEST} if it is empty, if it has a lone surrogate (UTF-8 can't encode it, RFC 3629 section 3),
     * or if it has U+0000 (PostgreSQL can't store it).
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
                BiFunction<? super C, ? super Attachment, ? extends R> attachment,
                BiFunction<? super C, ? super Reference, ? extends R> reference) {
            return text.apply(context, this);
        }
    }

    /**
     * Bytes, sent in a binary frame.
     *
     * @param media the media type, such as {@code image/png}; 1 to 127 characters
     * @param name the name of a file, at most 255 characters; or null
     * @param content the bytes; read-only. Each call returns a buffer with its own position
     */
    record Attachment(String media, String name, ByteBuffer content) implements Body {
        private static final int MAX_MEDIA = 127;
        private static final int MAX_NAME = 255;

        public Attachment {
            Objects.requireNonNull(content);
            check(media, name);
            content = content.asReadOnlyBuffer();
        }

        private static void check(String media, String name) {
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
        }

        /** What stands in place of these bytes for a client that fetches them by itself. */
        public Reference reference() {
            return new Reference(media, name, content.remaining());
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
                BiFunction<? super C, ? super Attachment, ? extends R> attachment,
                BiFunction<? super C, ? super Reference, ? extends R> reference) {
            return attachment.apply(context, this);
        }
    }

    /**
     * An attachment whose bytes were not sent: a client fetches them when it needs them. Entries have it only for clients that
     * asked for it, and in the log for attachments whose bytes are not kept any more.
     *
     * @param media as in {@link Attachment}
     * @param name as in {@link Attachment}
     * @param length how many bytes the attachment has
     * @param expired whether its bytes are not kept any more
     */
    record Reference(String media, String name, long length, boolean expired) implements Body {
        /** About what it takes in JSON. */
        private static final int SIZE = 64;

        /** A reference to bytes that are there. */
        public Reference(String media, String name, long length) {
            this(media, name, length, false);
        }

        public Reference {
            Attachment.check(media, name);
            if (length < 0) {
                throw ParleyException.badRequest("size must be 0 or more");
            }
        }

        @Override
        public Kind kind() {
            return Kind.REFERENCE;
        }

        /** Without the bytes of the attachment, as {@link #bytes}. */
        @Override
        public int size() {
            return SIZE + media.length() + (name == null ? 0 : name.length());
        }

        @Override
        public long bytes() {
            return size();
        }

        @Override
        public <C, R> R match(
                C context,
                BiFunction<? super C, ? super Text, ? extends R> text,
                BiFunction<? super C, ? super Attachment, ? extends R> attachment,
                BiFunction<? super C, ? super Reference, ? extends R> reference) {
            return reference.apply(context, this);
        }
    }

    /** Rejects a {@link Reference} as the content of a new entry, because it has no bytes. */
    static void checkComplete(Body body) {
        if (body.kind() == Kind.REFERENCE) {
            throw ParleyException.badRequest(
                    "a reference can't be sent: fetch the bytes, and send them as an attachment");
        }
    }

    /** Rejects a text with a lone surrogate or U+0000, which can't be sent or can't be stored. */
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
