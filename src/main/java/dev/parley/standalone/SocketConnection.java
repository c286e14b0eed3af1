package dev.parley.standalone;

import dev.parley.transport.TcpConnection;
import java.nio.channels.Channel;
import org.glassfish.grizzly.nio.NIOConnection;

/** A TCP connection of Grizzly. */
record SocketConnection(NIOConnection connection) implements TcpConnection {
    @Override
    public void cut() {
        connection.terminateSilently();
    }

    @Override
    public Channel channel() {
        return connection.getChannel();
    }

    @Override
    public long unsent() {
        return connection.getAsyncWriteQueue().spaceInBytes();
    }
}
