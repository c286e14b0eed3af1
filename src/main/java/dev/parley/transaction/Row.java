package dev.parley.transaction;

import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message as a row of the table. Immutable.
 *
 * @param sender the name of the sender
 * @param userId the id of the signed-in user for whom the application sends; null if the sender is one of the application's names
 * @param messageId the id of the draft
 * @param media the media type of an attachment; null for all others
 * @param fileName may be null
 * @param kind the kind of data; null for all others
 * @param content the bytes of an attachment; a text, or the JSON of data, in UTF-8
 */
record Row(
        String room,
        String sender,
        String userId,
        String messageId,
        String media,
        String fileName,
        String kind,
        byte[] content) {
    static Row of(Draft draft, String messageId) {
        String room = draft.room().value();
        CallerId from = draft.from().id();
        boolean isOfUser = from.kind() == Caller.Kind.USER;
        // A name of the application is its id too.
        String sender = isOfUser ? draft.from().name().value() : from.id();
        String userId = isOfUser ? from.id() : null;
        return draft.body()
                .match(
                        null,
                        (none, text) -> new Row(room, sender, userId, messageId, null, null, null, utf8(text.value())),
                        (none, data) ->
                                new Row(room, sender, userId, messageId, null, null, data.kind(), utf8(data.json())),
                        (none, file) -> new Row(
                                room,
                                sender,
                                userId,
                                messageId,
                                file.media(),
                                file.name(),
                                null,
                                bytes(file.content())),
                        (none, reference) -> {
                            throw new IllegalArgumentException("a reference has no bytes to store");
                        });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return bytes;
    }

    /**
     * The draft in this row.
     *
     * @throws ParleyException with {@code badRequest} if it is not a message, because somebody else has written the row
     */
    Draft draft(Senders senders, Draft.Outcome outcome) {
        return new Draft(new RoomName(room), from(senders), new DraftId(messageId, true), body(), outcome);
    }

    private User from(Senders senders) {
        UserName name = new UserName(sender);
        return userId == null
                ? senders.application(name)
                : senders.signedIn(new CallerId(Caller.Kind.USER, userId), name);
    }

    private Body body() {
        if (media != null) {
            return new Body.Attachment(media, fileName, ByteBuffer.wrap(content));
        }
        String text = new String(content, StandardCharsets.UTF_8);
        return kind == null ? new Body.Text(text) : new Body.Data(kind, text);
    }
}
