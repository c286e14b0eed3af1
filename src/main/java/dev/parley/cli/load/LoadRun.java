package dev.parley.cli.load;

import dev.parley.message.ServerMessage;
import dev.parley.wire.MessageJson;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Puts one load on a server, from one thread: it connects, joins, warms up, counts, and waits for the messages in
 * flight.
 *
 * <p>In the open loop, the latency of a message begins when it was due, not when it could be sent: the users of a slow
 * server notice this wait too (coordinated omission). While more than 1 MiB waits on the connection of a sender, its
 * due messages are skipped and counted.
 *
 * <p>In the closed loop, a rejected message is no longer in flight. Its sender waits {@value #REJECTION_PAUSE_MILLIS}
 * milliseconds before it sends the next one, because the server closes a connection whose messages it must reject at
 * the speed of the network.
 */
public final class LoadRun {
    private static final int CONNECTING_AT_ONCE = 64;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration DRAIN = Duration.ofSeconds(10);
    private static final int BUFFER = 1 << 18;
    private static final int MOST_IN_A_TURN = 256;
    private static final int TURN_MILLIS = 20;
    private static final int REJECTION_PAUSE_MILLIS = 100;

    private final LoadPlan plan;
    private final ServerProbe server;
    private final Consumer<String> progress;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Tally tally;
    private final List<Link> links = new ArrayList<>();
    private final byte[][] said;
    private final int[] textAt;
    private final int[] numbers;
    private final int[] inFlight;
    /** Closed loop: when each sender may send again after a rejection, as {@link System#nanoTime}. */
    private final long[] pausedUntil;

    private final byte[] buffer = new byte[BUFFER];
    private int joined;
    private boolean running;
    /** Open loop: the time at which the next message is due, as {@link System#nanoTime}. */
    private long due;

    /** Open loop: counts the messages; its remainder is the sender of the next one. */
    private int turn;

    /** @param progress gets a line of text about each second */
    public LoadRun(LoadPlan plan, ServerProbe server, Consumer<String> progress) {
        this.plan = plan;
        this.server = server;
        this.progress = progress;
        this.tally = new Tally(plan);
        this.said = new byte[plan.senders()][];
        this.textAt = new int[plan.senders()];
        this.numbers = new int[plan.senders()];
        this.inFlight = new int[plan.senders()];
        this.pausedUntil = new long[plan.senders()];
        Arrays.fill(pausedUntil, System.nanoTime());
        for (int sender = 0; sender < plan.senders(); sender++) {
            String head = "{\"type\":\"say\",\"room\":\"" + room(sender) + "\",\"text\":\"";
            textAt[sender] = head.length();
            said[sender] = (head + "a".repeat(plan.size()) + "\"}").getBytes(StandardCharsets.US_ASCII);
        }
    }

    /** @throws IOException with a sentence, if the server can't be reached, rejects a connection or closes one */
    public LoadResult run() throws IOException {
        try (Selector selector = Selector.open()) {
            long began = System.nanoTime();
            connect(selector);
            Duration connecting = since(began);
            ServerProbe.Reading idle = server.read();

            running = true;
            due = System.nanoTime();
            pump(selector, plan.warmUp(), "warm-up");
            tally.count();
            ServerProbe.Reading before = server.read();
            Duration ownBefore = ServerProbe.ownCpu();
            long counting = System.nanoTime();
            pump(selector, plan.duration(), "counting");
            tally.stop();
            Duration counted = since(counting);
            Duration own = ServerProbe.ownCpu().minus(ownBefore);
            ServerProbe.Reading after = server.read();

            running = false;
            drain(selector);
            return new LoadResult(plan, connecting, counted, tally, idle, before, after, own);
        } catch (ConnectException refused) {
            throw new IOException("nobody listens at " + plan.uri(), refused);
        } finally {
            for (Link link : links) {
                link.close();
            }
        }
    }

    private void connect(Selector selector) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (joined < plan.connections()) {
            while (links.size() < plan.connections() && links.size() - joined < CONNECTING_AT_ONCE) {
                links.add(new Link(links.size(), plan.uri(), SocketChannel.open(), selector, new Frames()));
            }
            turn(selector, TURN_MILLIS);
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("only " + joined + " of " + plan.connections() + " connections have joined in "
                        + PATIENCE.toSeconds() + " s");
            }
        }
        progress.accept(joined + " connections in " + plan.rooms() + (plan.rooms() == 1 ? " room" : " rooms"));
    }

    private void pump(Selector selector, Duration time, String phase) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        long tell = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        long before = tally.delivered();
        for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
            long wait = plan.rate() > 0 ? sayDue(now) : fillAll();
            turn(selector, Math.min(wait, TURN_MILLIS));
            if (now - tell > 0) {
                tell += TimeUnit.SECONDS.toNanos(1);
                progress.accept(phase + ", " + TimeUnit.NANOSECONDS.toSeconds(end - now) + " s to go"
                        + (tally.delivered() > before ? ": " + (tally.delivered() - before) + " deliveries/s" : ""));
                before = tally.delivered();
            }
        }
    }

    private void drain(Selector selector) throws IOException {
        long end = System.nanoTime() + DRAIN.toNanos();
        while (!tally.isComplete() && System.nanoTime() - end < 0) {
            turn(selector, TURN_MILLIS);
        }
    }

    private void turn(Selector selector, long millis) throws IOException {
        if (millis <= 0) {
            selector.selectNow();
        } else {
            selector.select(millis);
        }
        for (SelectionKey key : selector.selectedKeys()) {
            ((Link) key.attachment()).ready(buffer);
        }
        selector.selectedKeys().clear();
    }

    /** @return the milliseconds until the next message is due */
    private long sayDue(long now) throws IOException {
        for (int i = 0; i < MOST_IN_A_TURN && due - now <= 0; i++) {
            int sender = turn++ % plan.senders();
            if (links.get(sender).isFull()) {
                tally.skipped();
            } else {
                say(sender, due);
            }
            due += (long) (TimeUnit.SECONDS.toNanos(1) / plan.rate());
        }
        return TimeUnit.NANOSECONDS.toMillis(due - now);
    }

    /** @return the milliseconds until the senders have to be looked at again */
    private long fillAll() throws IOException {
        for (int sender = 0; sender < plan.senders(); sender++) {
            fill(sender);
        }
        return TURN_MILLIS;
    }

    private void fill(int sender) throws IOException {
        if (System.nanoTime() - pausedUntil[sender] < 0) {
            return;
        }
        while (running && inFlight[sender] < plan.window()) {
            inFlight[sender]++;
            say(sender, System.nanoTime());
        }
    }

    private void say(int sender, long at) throws IOException {
        Marker.write(said[sender], textAt[sender], at, sender, numbers[sender]++);
        tally.said();
        links.get(sender).send(said[sender]);
    }

    private String room(int connection) {
        return "load-" + run + "-" + plan.roomOf(connection);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /** Handles the frames of a link: first the reply to its join, then entries. */
    private final class Frames implements Link.Frames, Marker.Sink {
        private boolean isJoined;
        private int connection;
        private long now;

        @Override
        public void open(Link link) throws IOException {
            link.send("{\"type\":\"join\",\"ref\":1,\"room\":\"" + room(link.number) + "\",\"limit\":0}");
        }

        @Override
        public void message(Link link, byte[] bytes, int from, int to) throws IOException {
            if (!isJoined) {
                answered(link, new String(bytes, from, to - from, StandardCharsets.UTF_8));
                return;
            }
            connection = link.number;
            now = System.nanoTime();
            Marker.scan(bytes, from, to, plan.size(), this);
            if (plan.window() > 0 && link.number < plan.senders()) {
                fill(link.number);
            }
        }

        private void answered(Link link, String frame) throws IOException {
            for (ServerMessage message : MessageJson.readServer(frame)) {
                if (message instanceof ServerMessage.Joined answer) {
                    isJoined = true;
                    joined++;
                    tally.joined(link.number, answer.seq());
                } else if (message instanceof ServerMessage.Error error) {
                    throw new IOException("connection " + link.number + " can't join: " + error.message());
                }
            }
        }

        @Override
        public void closed(Link link, int code) throws EOFException {
            throw new EOFException("the server closed connection " + link.number + " with " + code);
        }

        @Override
        public void entry(long seq, long due, int sender, int number) {
            tally.heard(connection, seq, due, sender, number, now);
            if (sender == connection) {
                inFlight[sender]--;
            }
        }

        /** A connection that is no sender has sent nothing but its join. */
        @Override
        public void error() {
            if (connection < plan.senders()) {
                tally.rejected();
                inFlight[connection]--;
                pausedUntil[connection] = now + TimeUnit.MILLISECONDS.toNanos(REJECTION_PAUSE_MILLIS);
            }
        }
    }
}
