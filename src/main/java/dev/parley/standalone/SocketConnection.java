package dev.parley.standalone;

import dev.parley.transport.SocketAddresses;
import dev.parley.transport.TcpConnection;
import org.glassfish.grizzly.nio.NIOConnection;

/** A TCP connection of Grizzly. */
record SocketConnection(NIOConnection connection) implements TcpConnection {
    @Override
    public void cut() {
        connection.terminateSilently();
    }

    @Override
    public SocketAddresses addresses() {
        return SocketAddresses.of(connection.getChannel());
    }

    @Override
    public boolean isOpen() {
        return connection.getChannel().isOpen();
    }

    @Override
    public long unsent() {
        return connection.getAsyncWriteQueue().spaceInBytes();
    }
}
