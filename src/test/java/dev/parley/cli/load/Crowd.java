package dev.parley.cli.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.message.RoomName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Very many who listen in a room, over the links of the load generator, at the price of one thread: nothing of what comes
 * is made into messages. Thread-safe.
 */
public final class Crowd implements AutoCloseable {
    private static final int BUFFER = 256 << 10;
    private static final int SMALL_BUFFER = 4096;
    /** What one who reads slowly reads at once, and how often: 20 KB a second. */
    private static final int SIP = 1_000;

    private static final long SIP_MILLIS = 50;
    private static final long PATIENCE_SECONDS = 30;

    private final URI chat;
    private final RoomName room;
    private final Selector selector;
    private final List<Onlooker> onlookers = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] sip = new byte[SIP];
    private final AtomicLong entriesBefore = new AtomicLong();
    /** On the crowd's thread only. */
    private final Map<Onlooker, Place> places = new HashMap<>();

    private volatile boolean closed;

    /** What belongs to an onlooker on the selector. */
    private record Place(Onlooker onlooker, Link link, SelectionKey key) {}

    public Crowd(URI chat, RoomName room) {
        this.chat = chat;
        this.room = room;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::run, "crowd");
        thread.setDaemon(true);
        thread.start();
    }

    /** The mark with which each text in the room, and each attachment, must begin: it carries the present time. */
    public static String mark() {
        byte[] mark = new byte[Marker.BYTES];
        Marker.write(mark, 0, System.nanoTime(), 0, 0);
        return new String(mark, US_ASCII);
    }

    /**
     * One more joins the room; returns when it is in.
     *
     * @param name that nobody else has
     * @param dueAt is given the time in the mark of each text, on the crowd's thread; or null
     */
    public Onlooker enter(String name, Onlooker.Reading reading, LongConsumer dueAt) {
        return enter(new Onlooker(room, name, null, reading, dueAt));
    }

    /** One who was here comes back as the same user, and goes on where it was. */
    public Onlooker comeBack(Onlooker before) {
        onlookers.remove(before);
        entriesBefore.addAndGet(before.entries());
        return enter(new Onlooker(room, null, before, Onlooker.Reading.FAST, null));
    }

    private Onlooker enter(Onlooker onlooker) {
        execute(() -> connect(onlooker));
        onlooker.joined().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        onlookers.add(onlooker);
        return onlooker;
    }

    /** From now on it reads in this way. */
    public void reads(Onlooker onlooker, Onlooker.Reading reading) {
        execute(() -> {
            onlooker.reads(reading);
            settle(places.get(onlooker));
        });
    }

    private void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    private void connect(Onlooker onlooker) {
        try {
            SocketChannel channel = SocketChannel.open();
            if (onlooker.reading() != Onlooker.Reading.FAST) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
            }
            Link link = new Link(places.size(), chat, channel, selector, onlooker.frames());
            SelectionKey key = channel.keyFor(selector);
            Place place = new Place(onlooker, link, key);
            // In place of the link, which is in it.
            key.attach(place);
            places.put(onlooker, place);
        } catch (IOException e) {
            onlooker.end();
        }
    }

    private void run() {
        long nextSip = System.nanoTime();
        try (selector) {
            while (!closed) {
                selector.select(SIP_MILLIS);
                for (SelectionKey key : selector.selectedKeys()) {
                    ready((Place) key.attachment());
                }
                selector.selectedKeys().clear();
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                if (System.nanoTime() - nextSip >= 0) {
                    nextSip = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SIP_MILLIS);
                    places.values().stream()
                            .filter(place -> isIn(place.onlooker()))
                            .filter(place -> place.onlooker().reading() == Onlooker.Reading.SLOW)
                            .forEach(this::sip);
                }
            }
            for (Place place : places.values()) {
                place.link().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isIn(Onlooker onlooker) {
        return onlooker.joined().isDone() && !onlooker.hasEnded();
    }

    private void ready(Place place) {
        try {
            place.link().ready(buffer);
        } catch (IOException reset) {
            end(place);
        }
        settle(place);
    }

    private void sip(Place place) {
        try {
            place.link().read(sip);
        } catch (IOException reset) {
            end(place);
        }
        settle(place);
    }

    private static void end(Place place) {
        place.key().cancel();
        place.onlooker().end();
    }

    /** Whoever is in and does not read all that comes is not read when the selector finds something. */
    private static void settle(Place place) {
        if (place.key().isValid() && isIn(place.onlooker())) {
            if (place.onlooker().reading() == Onlooker.Reading.FAST) {
                place.key().interestOpsOr(SelectionKey.OP_READ);
            } else {
                place.key().interestOps(0);
            }
        }
    }

    /** Who is in it, in no order. */
    public List<Onlooker> onlookers() {
        return onlookers;
    }

    /** How many entries came to all of them, those included who came back later. */
    public long entries() {
        return entriesBefore.get()
                + onlookers.stream().mapToLong(Onlooker::entries).sum();
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
    }
}
