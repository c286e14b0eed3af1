package news;

import dev.parley.Parley;
import dev.parley.RoomHandle;
import dev.parley.RoomPolicy;
import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * The channels of pages are rooms: {@code push.CHANNEL} for everybody, and {@code push.CHANNEL.USER} for one user with all
 * devices. Only the application sends there.
 */
@ApplicationScoped
public class Channels implements RoomPolicy {
    private static final String PREFIX = "push.";

    @Inject
    Parley parley;

    RoomHandle of(String channel) {
        return parley.room(PREFIX + channel);
    }

    RoomHandle of(String channel, String user) {
        return parley.room(PREFIX + channel + "." + user);
    }

    /** Everybody may read the channels for everybody. The channels of a user are for that user. */
    @Override
    public Grant decide(Caller who, RoomName room) {
        String[] parts = room.value().split("\\.", 3);
        if (!room.value().startsWith(PREFIX)) {
            return Grant.none();
        }
        boolean isOwn = parts.length == 3 && who.kind() == Caller.Kind.USER && parts[2].equals(who.getName());
        return parts.length == 2 || isOwn ? Grant.read() : Grant.none();
    }
}
