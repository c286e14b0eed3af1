package dev.parley.log;

import dev.parley.message.Entry;
import java.nio.ByteBuffer;

/**
 * A part of the bytes of an attachment, as they were at one moment.
 *
 * @param entry its entry, with a {@link dev.parley.message.Body.Reference}; or without content if that was erased
 * @param bytes from the offset that was asked for; empty if that is the end of the attachment, or beyond it, or nothing is left
 */
public record AttachmentPart(Entry entry, ByteBuffer bytes) {}
