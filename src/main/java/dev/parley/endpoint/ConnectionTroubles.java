package dev.parley.endpoint;

import dev.parley.message.CloseCode;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.outbox.Outbox;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/** What can go wrong on one connection: each is logged where it is this server's fault, and ends the connection. Thread-safe. */
final class ConnectionTroubles implements Outbox.Troubles {
    private static final Logger LOG = System.getLogger(ConnectionTroubles.class.getName());

    private final Connection connection;
    private final Connections all;

    ConnectionTroubles(Connection connection, Connections all) {
        this.connection = connection;
        this.all = all;
    }

    @Override
    public void tooSlow() {
        connection.close(CloseCode.TOO_SLOW, "more waited to be read than may wait", null);
    }

    @Override
    public void broken(Throwable cause) {
        // Not on the loop: ending a TCP connection is the container's own affair.
        all.later(() -> connection.broke(Objects.toString(cause)));
    }

    /** A message was not answered, and not even refused: the peer is told at least to come back. */
    void message(Throwable why) {
        LOG.log(Level.ERROR, "a message of connection " + connection.number + " could not be answered", why);
        try {
            connection.close(CloseCode.INTERNAL, "the server could not answer a message", all.comeBackAfter());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "connection " + connection.number + " could not be closed in order", e);
            connection.broke(e.toString());
        }
    }

    /** A page of the log was not sent: nobody knows how far it got. */
    void page(Throwable why) {
        boolean foreseen = why instanceof CompletionException && why.getCause() instanceof ParleyException
                || why instanceof ParleyException;
        if (!foreseen) {
            LOG.log(Level.ERROR, "a page of connection " + connection.number + " could not be told", why);
        }
        connection.lost(new ParleyException(ErrorCode.UNAVAILABLE, "a part of the log could not be told", why));
    }
}
