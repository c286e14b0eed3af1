package dev.parley.cli.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.wire.MessageJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * A member of a {@link Crowd}, who says nothing and checks that the entries it gets have one {@code seq} after the other.
 * What it has seen can be asked for on any thread; the rest is for the crowd's.
 */
public final class Onlooker {
    /** How an onlooker reads. */
    public enum Reading {
        /** All that comes. */
        FAST,
        /** A little now and then. */
        SLOW,
        /** Nothing. */
        NONE
    }

    private static final byte[] BYE = "\"bye\"".getBytes(US_ASCII);

    private final RoomName room;
    private final String name;
    private final Onlooker before;
    private final LongConsumer dueAt;
    private final CompletableFuture<Onlooker> joined = new CompletableFuture<>();
    private String session;
    private String epoch;
    private volatile Reading reading;
    private volatile long last;
    private volatile long entries;
    private volatile String disorder = "";
    private volatile int closeCode = Link.NO_CLOSE_FRAME;
    private volatile long retryAfter = -1;
    private volatile boolean ended;

    /**
     * @param name that nobody else has, or null
     * @param before as whom it comes back, or null
     * @param dueAt is given the time in the mark of each text (see {@link Crowd#mark}), or null
     */
    Onlooker(RoomName room, String name, Onlooker before, Reading reading, LongConsumer dueAt) {
        this.room = room;
        this.name = name;
        this.before = before;
        this.reading = reading;
        this.dueAt = dueAt;
    }

    /** Completes when it is in the room. */
    CompletableFuture<Onlooker> joined() {
        return joined;
    }

    /** Takes what happens on its link. */
    Link.Frames frames() {
        return new Frames();
    }

    private void hear(long seq) {
        if (seq != last + 1 && disorder.isEmpty()) {
            disorder = "%d came where %d was due".formatted(seq, last + 1);
        }
        last = seq;
        entries++;
    }

    /** Its connection was found to have ended. */
    void end() {
        ended = true;
        joined.completeExceptionally(new IOException("the connection ended with " + closeCode + " before the join"));
    }

    void reads(Reading reading) {
        this.reading = reading;
    }

    public Reading reading() {
        return reading;
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

    /** Of the server's close frame, if one was read, or 1006. */
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

    /** First the replies to hello and join, which are decoded; then entries, which are not. */
    private final class Frames implements Link.Frames, Marker.Sink {
        @Override
        public void open(Link link) throws IOException {
            String secret = before == null ? null : before.session;
            UserName wanted = name == null ? null : new UserName(name);
            link.send(MessageJson.write(new ClientMessage.Hello(Ref.of(1), wanted, null, secret)));
            if (before == null) {
                link.send(MessageJson.write(new ClientMessage.Join(Ref.of(2), room, null, null, 0)));
            } else {
                last = before.last;
                link.send(MessageJson.write(new ClientMessage.Join(Ref.of(2), room, last, before.epoch, 1)));
            }
        }

        @Override
        public void message(Link link, byte[] bytes, int from, int to) throws IOException {
            if (!joined.isDone() || has(BYE, bytes, from, to)) {
                decode(new String(bytes, from, to - from, UTF_8));
            } else {
                // The texts have any length beyond their mark.
                Marker.scan(bytes, from, to, Marker.BYTES, this);
            }
        }

        private void decode(String frame) throws IOException {
            List<ServerMessage> messages = MessageJson.readServer(frame);
            for (ServerMessage message : messages) {
                if (message instanceof ServerMessage.Welcome welcome) {
                    session = welcome.session();
                } else if (message instanceof ServerMessage.Joined answer) {
                    take(answer);
                } else if (message instanceof Entry entry) {
                    hear(entry.seq());
                } else if (message instanceof ServerMessage.Bye bye) {
                    retryAfter = bye.retryAfter() == null ? -1 : bye.retryAfter();
                } else if (message instanceof ServerMessage.Error error) {
                    joined.completeExceptionally(new IOException(error.toString()));
                }
            }
        }

        private void take(ServerMessage.Joined answer) {
            if (before != null && before.last > 0 && !answer.recovered()) {
                disorder = "not recovered: " + answer;
            }
            epoch = answer.epoch();
            if (!answer.recovered()) {
                last = answer.seq();
            }
            answer.entries().forEach(entry -> hear(entry.seq()));
            joined.complete(Onlooker.this);
        }

        @Override
        public void entry(long seq, long due, int sender, int number) {
            hear(seq);
            if (dueAt != null) {
                dueAt.accept(due);
            }
        }

        /** It has asked for nothing but to join. */
        @Override
        public void error() {
            if (disorder.isEmpty()) {
                disorder = "an error came";
            }
        }

        @Override
        public void closed(Link link, int code) {
            closeCode = code;
            end();
        }
    }

    private static boolean has(byte[] word, byte[] bytes, int from, int to) {
        for (int i = from; i <= to - word.length; i++) {
            if (bytes[i] == word[0]
                    && bytes[i + 1] == word[1]
                    && Arrays.equals(bytes, i, i + word.length, word, 0, word.length)) {
                return true;
            }
        }
        return false;
    }
}
