package dev.parley.endpoint;

import dev.parley.operator.OperatorLog;
import java.util.Objects;

/**
 * The parts of the server that the endpoint and its filter need, for injection. Its methods are not public: an application
 * that has it injected can neither close connections nor drain them. Immutable, thread-safe.
 */
public final class Entrance {
    private final Connections connections;
    private final OperatorLog operatorLog;

    public Entrance(Connections connections, OperatorLog operatorLog) {
        this.connections = Objects.requireNonNull(connections);
        this.operatorLog = Objects.requireNonNull(operatorLog);
    }

    Connections connections() {
        return connections;
    }

    OperatorLog operatorLog() {
        return operatorLog;
    }
}
