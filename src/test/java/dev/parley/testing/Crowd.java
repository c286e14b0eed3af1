package dev.parley.testing;

import dev.parley.message.RoomName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Very many who listen in a room, at the price of one thread: nothing of what comes is made into messages. Thread-safe.
 */
public final class Crowd implements AutoCloseable {
    private static final int BUFFER = 256 << 10;
    /** What one who reads slowly reads at once, and how often: 20 KB a second. */
    private static final int SIP = 1_000;

    private static final long SIP_MILLIS = 50;

    private final URI chat;
    private final RoomName room;
    private final Selector selector;
    private final List<Onlooker> onlookers = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer sip = ByteBuffer.allocateDirect(SIP);
    private final AtomicLong entriesBefore = new AtomicLong();
    private volatile boolean closed;

    public Crowd(URI chat, RoomName room) {
        this.chat = chat;
        this.room = room;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        FaultyLine.run("crowd", this::run);
    }

    /**
     * One more joins the room; returns when it is in.
     *
     * @param name that nobody else has
     * @param saidAt told the number with which each text begins, on the crowd's thread; or null
     */
    public Onlooker enter(String name, Onlooker.Pace pace, LongConsumer saidAt) {
        return enter(name, null, pace, saidAt);
    }

    /** One who was here comes back as the same user, and goes on where it was. */
    public Onlooker comeBack(Onlooker before) {
        onlookers.remove(before);
        entriesBefore.addAndGet(before.entries());
        return enter(null, before, Onlooker.Pace.FAST, null);
    }

    private Onlooker enter(String name, Onlooker before, Onlooker.Pace pace, LongConsumer saidAt) {
        try {
            Onlooker onlooker = new Onlooker(chat, room, name, before, pace, saidAt);
            onlookers.add(onlooker);
            tasks.add(() -> register(onlooker));
            selector.wakeup();
            return onlooker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on it reads at this pace. */
    public void reads(Onlooker onlooker, Onlooker.Pace pace) {
        tasks.add(() -> {
            onlooker.reads(pace);
            register(onlooker);
        });
        selector.wakeup();
    }

    private void register(Onlooker onlooker) {
        try {
            if (onlooker.pace() == Onlooker.Pace.FAST) {
                onlooker.channel().register(selector, SelectionKey.OP_READ, onlooker);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        long nextSip = System.nanoTime();
        try (selector) {
            while (!closed) {
                selector.select(this::read, SIP_MILLIS);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                if (System.nanoTime() - nextSip >= 0) {
                    nextSip = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SIP_MILLIS);
                    onlookers.stream()
                            .filter(onlooker -> onlooker.pace() == Onlooker.Pace.SLOW && !onlooker.hasEnded())
                            .forEach(onlooker -> onlooker.read(sip));
                }
            }
            for (Onlooker onlooker : onlookers) {
                onlooker.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(SelectionKey key) {
        if (!((Onlooker) key.attachment()).read(buffer)) {
            key.cancel();
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
