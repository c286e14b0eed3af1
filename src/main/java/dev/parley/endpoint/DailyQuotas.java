package dev.parley.endpoint;

import dev.parley.admission.QuotaLimits;
import dev.parley.log.User;
import dev.parley.message.ClientMessage;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.room.SayResult;
import dev.parley.security.DailyQuota;
import java.util.function.Consumer;

/**
 * What each user and each address may do in a day. Thread-safe, as its quotas are.
 *
 * @param attachments the files that are sent
 * @param roomsMade the rooms that get their first entry, or another durable row of their own. The name is that of the room
 */
record DailyQuotas(DailyQuota attachments, DailyQuota roomsMade) {
    /** For a message that counts against nothing. */
    static final Consumer<SayResult> COUNTS_NOTHING = result -> {};

    DailyQuotas(QuotaLimits limits) {
        this(
                new DailyQuota("send", "file", "", limits.attachments(), limits.attachmentsOfAddress()),
                new DailyQuota(
                        "make", "room", ", also by a first message", limits.roomsMade(), limits.roomsMadeOfAddress()));
    }

    /**
     * Counts a message that is about to be stored. A message with the same id in the same room counts once.
     *
     * @param network of the user's address; empty if it is not known
     * @param makesRoom whether the room has no entry yet
     * @param times how many times the usual numbers the user may use
     * @return to be notified of the result, once
     * @throws ParleyException with {@code tooFast} and the time to wait; then nothing is counted
     */
    Consumer<SayResult> count(
            User user, String network, RoomName room, ClientMessage.Stored say, boolean makesRoom, int times) {
        boolean isAttachment = say.body().form().isBinary();
        if (!isAttachment && !makesRoom) {
            return COUNTS_NOTHING;
        }
        long now = System.nanoTime();
        DailyQuota.Use making = makesRoom ? roomsMade.take(user.key(), network, room.value(), times, now) : null;
        DailyQuota.Use sending = null;
        try {
            if (isAttachment) {
                String name = say.id() == null ? null : room.value() + "\n" + say.id();
                sending = attachments.take(user.key(), network, name, times, now);
            }
        } catch (ParleyException e) {
            if (making != null) {
                making.settle(false);
            }
            throw e;
        }
        DailyQuota.Use sent = sending;
        return result -> {
            if (making != null) {
                making.settle(result == SayResult.MADE_ROOM || result == SayResult.UNKNOWN);
            }
            if (sent != null) {
                sent.settle(result != SayResult.REPEATED && result != SayResult.REFUSED);
            }
        };
    }
}
