package dev.parley.app;

import dev.parley.UserHandle;
import dev.parley.endpoint.OpenConnections;
import dev.parley.message.ConnectionInfo;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A user that may be connected to this process. */
record LocalUser(OpenConnections connected, UserName name) implements UserHandle {
    /** RFC 6455 section 5.5: 125 bytes, and the code has two of them. */
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
