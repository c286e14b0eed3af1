package dev.parley.testing;

import static dev.parley.testing.Frame.CLOSE;
import static dev.parley.testing.Frame.PING;
import static dev.parley.testing.Frame.PONG;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A WebSocket client on a bare socket: every byte of it can be seen, and bent. It checks nothing that it sends. For one
 * thread; another one reads what comes, and answers the server's pings and its close frame, as any client does.
 */
public final class RawClient implements AutoCloseable {
    /** What {@link #awaitClose} gives when TCP ended without a close frame (RFC 6455 section 7.1.5). */
    public static final int NO_CLOSE_FRAME = 1006;
    /** How long to wait for anything: long, because a test that passes never waits that long. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final HttpAnswer answer;
    private final ReceivedFrames came = new ReceivedFrames();
    private volatile boolean pongs = true;
    private volatile boolean closeSent;

    private RawClient(URI server, HttpRequest request, boolean reads) {
        this(server, request.bytes(), reads);
    }

    private RawClient(URI server, byte[] request, boolean reads) {
        this(server, request, reads, null);
    }

    private RawClient(URI server, byte[] request, boolean reads, Pace pace) {
        try {
            if (!reads || pace != null) {
                socket.setReceiveBufferSize(4096);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), (int) PATIENCE.toMillis());
            InputStream came = pace == null ? socket.getInputStream() : pace.of(socket.getInputStream());
            in = new DataInputStream(new BufferedInputStream(came, reads && pace == null ? 8192 : 64));
            socket.getOutputStream().write(request);
            answer = HttpAnswer.read(in);
            if (reads && answer.status() == 101) {
                readOn();
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens a WebSocket.
     *
     * @param headers such as {@code "Origin: http://example.com"}, beside or instead of the usual ones
     * @throws AssertionError when the server doesn't agree
     */
    public static RawClient open(URI server, String... headers) {
        RawClient client = ask(server, headers);
        if (client.status() != 101) {
            client.close();
            throw new AssertionError("no WebSocket: " + client.answer);
        }
        return client;
    }

    /** Opens a WebSocket by one TCP segment with the handshake and a first frame; whatever the answer is. */
    public static RawClient openEarly(URI server, Frame first) {
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.writeBytes(HttpRequest.upgrade(server).bytes());
        segment.writeBytes(first.masked());
        return new RawClient(server, segment.toByteArray(), true);
    }

    /** Opens a WebSocket that nobody reads from, and whose kernel takes in as little as it can. */
    public static RawClient openUnread(URI server) {
        return new RawClient(server, HttpRequest.upgrade(server), false);
    }

    /** Opens a WebSocket that is read at this pace, and whose kernel takes in as little as it can. */
    public static RawClient openSlow(URI server, Pace pace) {
        return new RawClient(server, HttpRequest.upgrade(server).bytes(), true, pace);
    }

    /** Asks for a WebSocket; whatever the answer is, {@link #status}, {@link #header} and {@link #body} tell it. */
    public static RawClient ask(URI server, String... headers) {
        return new RawClient(server, HttpRequest.upgrade(server, headers), true);
    }

    /** Asks for the page at the same address. */
    public static RawClient get(URI server, String... headers) {
        return new RawClient(server, HttpRequest.plain(server, headers), true);
    }

    /** Reads, from now on, what comes to a client that was opened unread. Called once. */
    public void readOn() {
        try {
            socket.setSoTimeout(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread reader = new Thread(this::readAll, "reader of " + socket.getLocalPort());
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits, in a client that was opened unread, until something has come; it stays to be read. */
    public void awaitFirst() {
        try {
            in.mark(1);
            in.readByte();
            in.reset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads so many bytes, in a client that was opened unread, and forgets them. */
    public void skip(int bytes) {
        try {
            in.skipNBytes(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int status() {
        return answer.status();
    }

    public Optional<String> header(String name) {
        return answer.header(name);
    }

    /** Reads the body of an answer that is no upgrade, to its end. */
    public String body() {
        try {
            return answer.body(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether pings are answered, as they are at first. */
    public void answerPings(boolean answer) {
        pongs = answer;
    }

    public void send(String text) {
        send(Frame.text(text));
    }

    /** @throws UncheckedIOException when the server has closed the connection */
    public void send(Frame frame) {
        closeSent |= frame.opcode() == CLOSE;
        raw(frame.masked());
    }

    /** Sends whatever these bytes are. */
    public void raw(byte[] bytes) {
        try {
            synchronized (socket) {
                socket.getOutputStream().write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends nothing more, which the other side sees as the end of the stream; what it sends is still read. */
    public void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether {@link #read} would find something at once. */
    public boolean hasMore() {
        return came.hasNext();
    }

    /**
     * The next frame, whatever it is.
     *
     * @return empty when TCP ended
     * @throws AssertionError when nothing comes
     */
    public Optional<Frame> read() {
        return came.next();
    }

    private void readAll() {
        try {
            for (Optional<Frame> next = Frame.read(in); next.isPresent(); next = Frame.read(in)) {
                answer(next.get());
                came.add(next.get());
            }
        } catch (IOException ended) {
            // By an RST, or by this side: in both cases nothing more comes.
        } finally {
            came.end();
        }
    }

    private void answer(Frame frame) {
        try {
            if (frame.opcode() == PING && pongs) {
                send(new Frame(true, PONG, frame.payload()));
            } else if (frame.opcode() == CLOSE && !closeSent) {
                send(frame);
            }
        } catch (UncheckedIOException gone) {
            // What was sent before the end is still to be read.
        }
    }

    /** The next text or binary message, its fragments joined; empty when TCP ended or a close frame came. */
    public Optional<Frame> readMessage() {
        return came.nextMessage();
    }

    /** Skips what comes until a frame of this kind. */
    public Frame await(int opcode) {
        return came.await(opcode);
    }

    /** Skips what comes until the server's close frame; its code, or {@link #NO_CLOSE_FRAME}. */
    public int awaitClose() {
        return came.awaitClose();
    }

    /** The code of the server's close frame if one has been read, or {@link #NO_CLOSE_FRAME}. */
    public int closeCode() {
        return came.closeCode();
    }

    /** Doesn't answer a close frame of the server's, as it would. */
    public void neverAnswerClose() {
        closeSent = true;
    }

    /** Skips what comes until the server ends the TCP connection. */
    public void awaitEnd() {
        came.awaitEnd();
    }

    /** Ends the TCP connection by an RST, as a machine does that lost its state. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the TCP connection by a FIN, without a close frame. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
