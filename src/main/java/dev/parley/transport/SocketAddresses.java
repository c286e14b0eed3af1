package dev.parley.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;

/**
 * The two addresses of a TCP connection. They find the connection among the sockets of the kernel. Immutable.
 *
 * @param local of this process
 * @param remote of the peer
 */
public record SocketAddresses(InetSocketAddress local, InetSocketAddress remote) {
    /** The addresses of this channel; null if it has ended, or is no TCP connection. */
    public static SocketAddresses of(Channel channel) {
        if (!(channel instanceof SocketChannel socket)) {
            return null;
        }
        try {
            return of(socket.getLocalAddress(), socket.getRemoteAddress());
        } catch (IOException e) {
            // It has ended meanwhile, so nothing is sent on it any more.
            return null;
        }
    }

    /** @return null if one of them is no address of the internet protocol */
    static SocketAddresses of(SocketAddress local, SocketAddress remote) {
        return local instanceof InetSocketAddress here && remote instanceof InetSocketAddress there
                ? new SocketAddresses(here, there)
                : null;
    }
}
