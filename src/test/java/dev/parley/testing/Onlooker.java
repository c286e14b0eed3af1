package dev.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.wire.MessageJson;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A member of a {@link Crowd}, who says nothing and checks that the entries it gets have one {@code seq} after the other.
 * What it has seen can be asked for on any thread; the rest is for the crowd's.
 */
public final class Onlooker {
    /** How an onlooker reads. */
    public enum Pace {
        /** All that comes. */
        FAST,
        /** A little now and then. */
        SLOW,
        /** Nothing. */
        NONE
    }

    private static final int SMALL_BUFFER = 4096;

    private final SocketChannel channel = SocketChannel.open();
    private final FrameScan frames;
    private final String session;
    private String epoch;
    private volatile Pace pace;
    private volatile long last;
    private volatile long entries;
    private volatile String disorder = "";
    private volatile int closeCode = RawClient.NO_CLOSE_FRAME;
    private volatile long retryAfter = -1;
    private volatile boolean ended;

    /**
     * Connects and joins.
     *
     * @param before as whom it comes back, or null
     * @param saidAt told the number with which each text begins, or null
     */
    Onlooker(URI chat, RoomName room, String name, Onlooker before, Pace pace, LongConsumer saidAt) throws IOException {
        this.pace = pace;
        List<Scan> scans = new ArrayList<>();
        scans.add(new Scan("\"seq\":", this::hear));
        scans.add(new Scan("\"retryAfter\":", millis -> retryAfter = millis));
        if (saidAt != null) {
            scans.add(new Scan("\"text\":\"", saidAt));
        }
        frames = new FrameScan(scans, this::control);
        try {
            if (pace != Pace.FAST) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
            }
            channel.connect(new InetSocketAddress(chat.getHost(), chat.getPort()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            send(HttpRequest.upgrade(chat).bytes());
            DataInputStream in = new DataInputStream(channel.socket().getInputStream());
            HttpAnswer answer = HttpAnswer.read(in);
            if (answer.status() != 101) {
                throw new IOException("no WebSocket: " + answer);
            }
            says(new ClientMessage.Hello(
                    Ref.of(1),
                    before == null ? new UserName(name) : null,
                    null,
                    before == null ? null : before.session));
            session = ((ServerMessage.Welcome) awaits(in, ServerMessage.Welcome.class)).session();
            if (before == null) {
                says(new ClientMessage.Join(Ref.of(2), room, null, null, 0));
            } else {
                last = before.last;
                says(new ClientMessage.Join(Ref.of(2), room, last, before.epoch, 1));
            }
            awaits(in, ServerMessage.Joined.class);
            channel.configureBlocking(false);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Reads frames one by one until one has such a message, and takes in what else is in them. */
    private ServerMessage awaits(DataInputStream in, Class<? extends ServerMessage> kind) throws IOException {
        while (true) {
            Frame frame = Frame.read(in).orElseThrow(() -> new IOException("it ended before it was joined"));
            if (frame.opcode() != Frame.TEXT) {
                control(frame.opcode(), frame.payload());
                continue;
            }
            ServerMessage found = null;
            for (ServerMessage message : MessageJson.readServer(frame.text())) {
                if (message instanceof Entry entry) {
                    hear(entry.seq());
                } else if (message instanceof ServerMessage.Joined joined) {
                    joined(joined);
                } else if (message instanceof ServerMessage.Error error) {
                    throw new IOException(error.toString());
                }
                found = kind.isInstance(message) ? message : found;
            }
            if (found != null) {
                return found;
            }
        }
    }

    private void joined(ServerMessage.Joined joined) {
        if (epoch == null && last > 0 && !joined.recovered()) {
            disorder = "not recovered: " + joined;
        }
        epoch = joined.epoch();
        if (!joined.recovered()) {
            last = joined.seq();
        }
        joined.entries().forEach(entry -> hear(entry.seq()));
    }

    private void says(ClientMessage message) throws IOException {
        send(new Frame(true, Frame.TEXT, MessageJson.write(message).getBytes(UTF_8)).masked());
    }

    private void send(byte[] bytes) throws IOException {
        channel.write(ByteBuffer.wrap(bytes));
    }

    private void hear(long seq) {
        if (seq != last + 1 && disorder.isEmpty()) {
            disorder = "%d came where %d was due".formatted(seq, last + 1);
        }
        last = seq;
        entries++;
    }

    private void control(int opcode, byte[] payload) {
        try {
            if (opcode == Frame.PING) {
                send(new Frame(true, Frame.PONG, payload).masked());
            } else if (opcode == Frame.CLOSE) {
                Frame close = new Frame(true, Frame.CLOSE, payload);
                closeCode = close.code();
                send(close.masked());
            }
        } catch (IOException gone) {
            ended = true;
        }
    }

    /** Takes in what came. @return whether there may be more */
    boolean read(ByteBuffer buffer) {
        buffer.clear();
        try {
            int length = channel.read(buffer);
            frames.read(buffer.flip());
            ended |= length < 0;
        } catch (IOException reset) {
            ended = true;
        }
        return !ended;
    }

    SocketChannel channel() {
        return channel;
    }

    void reads(Pace pace) {
        this.pace = pace;
    }

    public Pace pace() {
        return pace;
    }

    /** The place of the last entry that came. */
    public long last() {
        return last;
    }

    /** How many entries came. */
    public long entries() {
        return entries;
    }

    /** What came out of order at first; empty when nothing did. */
    public String disorder() {
        return disorder;
    }

    /** Of the server's close frame, if one was read, or {@link RawClient#NO_CLOSE_FRAME}. */
    public int closeCode() {
        return closeCode;
    }

    /** After how many milliseconds it was told to come back, or -1. */
    public long retryAfter() {
        return retryAfter;
    }

    /** How the connection stands. */
    @Override
    public String toString() {
        return (ended ? "ended with " + closeCode : "is open") + ", to come back after " + retryAfter;
    }

    /** Whether the connection was found to have ended. */
    public boolean hasEnded() {
        return ended;
    }
}
