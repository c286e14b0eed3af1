package dev.parley.endpoint;

import dev.parley.operator.OperatorLog;
import java.util.Objects;

/**
 * What the container's side of the endpoint has injected. It gives nothing to other packages: an application that has it
 * injected can neither close the connections nor drain them.
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
