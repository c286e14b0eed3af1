package dev.parley.app;

import dev.parley.UserHandle;
import dev.parley.endpoint.OpenConnections;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The {@link UserHandle} of a user, with its connections to this process. Immutable, thread-safe. */
record LocalUser(OpenConnections connected, UserName name) implements UserHandle {
    /** RFC 6455 section 5.5: a control frame has at most 125 bytes, two of them the code. */
    private static final int MOST_BYTES = 123;

    @Override
    public List<ConnectionInfo> connections() {
        return connected.snapshot().stream()
                .filter(connection -> name.equals(connection.user()))
                .toList();
    }

    @Override
    public void recheck() {
        connected.recheck(name);
    }

    @Override
    public int disconnect(String why) {
        if (why.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw ParleyException.badRequest("the reason must have at most " + MOST_BYTES + " bytes");
        }
        return connected.disconnect(name, why);
    }
}
