package dev.parley.log;

import dev.parley.message.Body;

/** What a body counts for where bytes are bounded. Stateless. */
final class Weight {
    private Weight() {}

    /** The bytes of a text in UTF-8, or of an attachment. */
    static long of(Body body) {
        if (body instanceof Body.Attachment attachment) {
            return attachment.content().remaining();
        }
        String text = ((Body.Text) body).value();
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate pair is two chars and four bytes.
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }
}
