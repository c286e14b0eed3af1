package dev.parley.message;

import java.nio.ByteBuffer;
import java.util.Objects;

/** What an entry says: a text, or bytes with a media type. */
public sealed interface Body {

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
