package dev.parley.endpoint;

import dev.parley.operator.OperatorLog;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The parts of the server that the endpoint and its filter need, for injection. Its methods are not public: an application
 * that has it injected can neither close connections nor drain them. Immutable, thread-safe.
 */
public final class Entrance {
    private final Connections connections;
    private final OperatorLog operatorLog;
    private final Supplier<Set<String>> roles;

    /** @param roles the roles that a container is asked about at each handshake */
    public Entrance(Connections connections, OperatorLog operatorLog, Supplier<Set<String>> roles) {
        this.roles = Objects.requireNonNull(roles);
        this.connections = Objects.requireNonNull(connections);
        this.operatorLog = Objects.requireNonNull(operatorLog);
    }

    Connections connections() {
        return connections;
    }

    OperatorLog operatorLog() {
        return operatorLog;
    }

    Set<String> roles() {
        return roles.get();
    }
}
