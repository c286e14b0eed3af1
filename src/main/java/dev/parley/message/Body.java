package dev.parley.message;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * The content of an entry: a text, a value in JSON, or bytes with a media type; or a reference in place of the bytes. Immutable,
 * thread-safe.
 *
 * <p>If a new form is added, the compiler reports each switch over {@link #form} and each call of {@link #match} that does
 * not handle it. For this, each switch must be an expression without a default.
 */
public sealed interface Body {
    /** The forms of bodies. */
    enum Form {
        TEXT(false),
        DATA(false),
        ATTACHMENT(true),
        REFERENCE(false);

        private final boolean binary;

        Form(boolean binary) {
            this.binary = binary;
        }

        /** Whether a body of this form is sent in a binary frame of its own. Other bodies share a text frame. */
        public boolean isBinary() {
            return binary;
        }
    }

    Form form();

    /** The object itself if it is a body, a {@link Text} for a string, {@link Data#of(Object)} for any other object. */
    static Body of(Object value) {
        if (value instanceof Body body) {
            return body;
        }
        return value instanceof String text ? new Text(text) : Data.of(value);
    }

    /** The approximate size, without counting: the characters of a text or of JSON, or the bytes of an attachment. */
    int size();

    /** The exact size: the bytes of a text or of JSON in UTF-8, or the bytes of an attachment. */
    long bytes();

    /**
     * Calls the function for this form. The caller passes values that change from call to call in {@code context}, because
     * Java makes a function that captures nothing only once, and not for each message.
     */
    <C, R> R match(
            C context,
            BiFunction<? super C, ? super Text, ? extends R> text,
            BiFunction<? super C, ? super Data, ? extends R> data,
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
            UnicodeText.check("text", value);
        }

        @Override
        public Form form() {
            return Form.TEXT;
        }

        @Override
        public int size() {
            return value.length();
        }

        @Override
        public long bytes() {
            return UnicodeText.utf8Length(value);
        }

        @Override
        public <C, R> R match(
                C context,
                BiFunction<? super C, ? super Text, ? extends R> text,
                BiFunction<? super C, ? super Data, ? extends R> data,
                BiFunction<? super C, ? super Attachment, ? extends R> attachment,
                BiFunction<? super C, ? super Reference, ? extends R> reference) {
            return text.apply(context, this);
        }
    }

    /**
     * A value of an application in JSON (RFC 8259), such as an object. The constructor throws a {@link ParleyException} with {@link
     * ErrorCode#BAD_REQUEST} if the text is not JSON, if it nests deeper than 24 levels, if a number has more than 100 characters or
     * an exponent of more than four digits, or if a string or a name in it has a lone surrogate or U+0000, also as an escape.
     *
     * @param kind says what the value is, in a word of the application; 1 to 64 characters
     * @param json passed on as it is, so that each number arrives as it was written
     */
    record Data(String kind, String json) implements Body {
        /** The kind of a value for which a client named none. */
        public static final String UNNAMED = "data";

        public Data {
            UnicodeText.checkWord("kind", kind);
            JsonSyntax.check(json);
        }

        /**
         * The JSON of an object, made by JSON-B. The kind is the simple name of its class: for {@code new Shipped(7)} it is {@code
         * Shipped}, also if {@code Shipped} is one of the records of a sealed interface.
         *
         * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if JSON-B is missing or can't write the object, if its class has no
         *     name, or as the constructor does
         */
        public static Data of(Object value) {
            return of(JsonBinding.kindOf(value.getClass()), value);
        }

        /**
         * The same with another kind.
         *
         * @param value may be null
         */
        public static Data of(String kind, Object value) {
            return new Data(kind, JsonBinding.write(value));
        }

        /**
         * Reads the value with JSON-B, whatever its kind is.
         *
         * @param type a class or record; or a sealed interface or class, of which the type is read whose simple name is the kind
         * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if JSON-B is missing or can't read the value as this type, or if the
         *     sealed type has no such type
         */
        public <T> T as(Class<T> type) {
            return JsonBinding.read(kind, json, type);
        }

        @Override
        public Form form() {
            return Form.DATA;
        }

        @Override
        public int size() {
            return json.length();
        }

        @Override
        public long bytes() {
            return UnicodeText.utf8Length(json);
        }

        @Override
        public <C, R> R match(
                C context,
                BiFunction<? super C, ? super Text, ? extends R> text,
                BiFunction<? super C, ? super Data, ? extends R> data,
                BiFunction<? super C, ? super Attachment, ? extends R> attachment,
                BiFunction<? super C, ? super Reference, ? extends R> reference) {
            return data.apply(context, this);
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
            UnicodeText.check("media", media);
            if (name != null) {
                if (name.length() > MAX_NAME) {
                    throw ParleyException.badRequest("name must have at most " + MAX_NAME + " characters");
                }
                UnicodeText.check("name", name);
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
        public Form form() {
            return Form.ATTACHMENT;
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
                BiFunction<? super C, ? super Data, ? extends R> data,
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
        public Form form() {
            return Form.REFERENCE;
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
                BiFunction<? super C, ? super Data, ? extends R> data,
                BiFunction<? super C, ? super Attachment, ? extends R> attachment,
                BiFunction<? super C, ? super Reference, ? extends R> reference) {
            return reference.apply(context, this);
        }
    }

    /** Rejects a {@link Reference} as the content of a new entry, because it has no bytes. */
    static void checkComplete(Body body) {
        if (body.form() == Form.REFERENCE) {
            throw ParleyException.badRequest(
                    "a reference can't be sent: fetch the bytes, and send them as an attachment");
        }
    }
}
