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
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * A WebSocket client on a bare socket: every byte of it can be seen, and bent. It checks nothing that it sends. For one
 * thread; another one reads what comes, and answers the server's pings and its close frame, as any client does. A client
 * that was opened unread has no such thread: it reads a frame when one is asked for, and answers then.
 */
public final class RawClient implements AutoCloseable {
    /** What {@link #awaitClose} gives when TCP ended without a close frame (RFC 6455 section 7.1.5). */
    public static final int NO_CLOSE_FRAME = 1006;
    /** How long to wait for anything: long, because a test that passes never waits that long. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int UPGRADED = 101;

    private final TcpConnection tcp;
    private final DataInputStream in;
    private final HttpAnswer answer;
    private final ReceivedFrames came = new ReceivedFrames(this::readIfAsked);
    private volatile boolean readsOn;
    private volatile boolean pongs = true;
    private volatile boolean closeSent;

    /** Makes a connection. */
    private interface Connecting {
        TcpConnection connect() throws IOException;
    }

    /** @param pace of reading, or null */
    private RawClient(Connecting how, byte[] request, boolean reads, Pace pace) {
        try {
            tcp = how.connect();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            InputStream bytes = pace == null ? tcp.in() : pace.of(tcp.in());
            in = new DataInputStream(new BufferedInputStream(bytes, reads && pace == null ? 8192 : 64));
            tcp.send(request);
            answer = HttpAnswer.head(in);
            if (reads && answer.status() == UPGRADED) {
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
     * @throws UncheckedIOException when there is no connection, or no answer within {@link #PATIENCE}
     * @throws AssertionError when the server doesn't agree
     */
    public static RawClient open(URI server, String... headers) {
        return ask(server, headers).opened();
    }

    /** Opens a WebSocket through TLS. */
    public static RawClient open(URI server, SSLContext tls) {
        return new RawClient(() -> TcpConnection.secured(server, tls), upgrade(server), true, null).opened();
    }

    /** Opens a WebSocket by one TCP segment with the handshake and a first frame; whatever the answer is. */
    public static RawClient openEarly(URI server, Frame first) {
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.writeBytes(upgrade(server));
        segment.writeBytes(first.masked());
        return new RawClient(() -> TcpConnection.to(server), segment.toByteArray(), true, null);
    }

    /** Opens a WebSocket that is read only when something is asked for, and whose kernel takes in as little as it can. */
    public static RawClient openUnread(URI server) {
        return new RawClient(() -> TcpConnection.unread(server), upgrade(server), false, null).opened();
    }

    /** Opens a WebSocket that is read at this pace, and whose kernel takes in as little as it can. */
    public static RawClient openSlow(URI server, Pace pace) {
        return new RawClient(() -> TcpConnection.unread(server), upgrade(server), true, pace).opened();
    }

    /** Asks for a WebSocket; whatever the answer is, {@link #status}, {@link #header} and {@link #body} tell it. */
    public static RawClient ask(URI server, String... headers) {
        return new RawClient(() -> TcpConnection.to(server), upgrade(server, headers), true, null);
    }

    private static byte[] upgrade(URI server, String... headers) {
        return HttpRequest.upgrade(server, headers).bytes();
    }

    private RawClient opened() {
        if (status() != UPGRADED) {
            close();
            throw new AssertionError("no WebSocket: " + answer);
        }
        return this;
    }

    /** Reads, from now on, what comes to a client that was opened unread. Called once. */
    public void readOn() {
        tcp.waitForEver();
        readsOn = true;
        Thread reader = new Thread(this::readAll, "reader of " + tcp.localPort());
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
            return answer.withBody(in).body();
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
        tcp.send(bytes);
    }

    /** See {@link TcpConnection#flood}; in a client that is not read. */
    public FloodEnd flood(byte[] bytes, long most, Duration patience) {
        return tcp.flood(bytes, most, patience);
    }

    /** How many bytes of floods the kernel has taken. */
    public long flooded() {
        return tcp.flooded();
    }

    /** Sends nothing more, which the other side sees as the end of the stream; what it sends is still read. */
    public void finish() {
        tcp.finish();
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
            while (takeNext()) {}
        } catch (IOException ended) {
            // By an RST, or by this side: in both cases nothing more comes.
        } finally {
            came.end();
        }
    }

    private void readIfAsked() {
        if (readsOn) {
            return;
        }
        try {
            if (takeNext()) {
                return;
            }
        } catch (SocketTimeoutException late) {
            throw new AssertionError("it didn't come in " + PATIENCE, late);
        } catch (IOException ended) {
            // As when a thread reads.
        }
        came.end();
    }

    private boolean takeNext() throws IOException {
        Optional<Frame> next = Frame.read(in);
        next.ifPresent(frame -> {
            answer(frame);
            came.add(frame);
        });
        return next.isPresent();
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
        tcp.reset();
    }

    /** Ends the TCP connection by a FIN, without a close frame. */
    @Override
    public void close() {
        tcp.close();
    }
}
