package dev.parley.app;

import dev.parley.UserHandle;
import dev.parley.endpoint.ModerationOrder;
import dev.parley.log.User;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.ModerationAction;
import dev.parley.message.ParleyException;
import dev.parley.message.Target;
import dev.parley.message.UserName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The {@link UserHandle} of a user, with its connections to this process. Immutable, thread-safe. */
record LocalUser(LocalParley.Engine engine, User application, UserName name) implements UserHandle {
    /** RFC 6455 section 5.5: a control frame has at most 125 bytes, two of them the code. */
    private static final int MOST_BYTES = 123;

    @Override
    public List<ConnectionInfo> connections() {
        return engine.connections().snapshot().stream()
                .filter(connection -> name.equals(connection.user()))
                .toList();
    }

    @Override
    public void recheck() {
        engine.connections().recheck(name);
    }

    @Override
    public int disconnect(String why) {
        checkReason(why);
        return engine.connections().disconnect(name, why);
    }

    /** @throws ParleyException with {@code badRequest} if a reason is too long for a close frame */
    static void checkReason(String why) {
        if (why.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw ParleyException.badRequest("the reason must have at most " + MOST_BYTES + " bytes");
        }
    }

    @Override
    public CompletionStage<Void> ban(Duration duration, boolean address, String reason) {
        Long seconds = duration == null ? null : duration.toSeconds();
        return moderate(
                new ModerationOrder(null, ModerationAction.BAN, Target.user(name), null, seconds, address, reason));
    }

    @Override
    public CompletionStage<Void> unban(String reason) {
        return moderate(
                new ModerationOrder(null, ModerationAction.UNBAN, Target.user(name), null, null, false, reason));
    }

    private CompletionStage<Void> moderate(ModerationOrder order) {
        return engine.completions().of(() -> engine.moderation().moderate(application, "", order));
    }
}
