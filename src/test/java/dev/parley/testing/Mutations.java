package dev.parley.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.message.ClientMessage;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.wire.BinaryFrame;
import dev.parley.wire.MessageJson;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A client that sends bent messages, and sees to it that each gets its answer: a message that is no message an error,
 * bytes that are no WebSocket a close frame with the right code. For one thread.
 *
 * <p>Half of the mutations are bent JSON, the rest bent bytes: of a text, of a binary message, and of whole frames with
 * their heads. The seed makes all of them, but not the name of the room.
 */
public final class Mutations {
    /** So few that the rate of no client is passed: its burst is twice the 50 messages a second that are the default. */
    private static final int PER_CONNECTION = 40;
    /**
     * What RFC 6455 section 7.4.1 has for bytes that are none of its frames, or for too many of them. Among those behind a
     * bent frame may be a close frame without a code (1005), or a length that Tyrus 2.2.2 answers with 1011, as it does
     * with every frame that is far too large.
     */
    private static final Set<Integer> FRAMING = Set.of(1002, 1005, 1007, 1009, 1011, RawClient.NO_CLOSE_FRAME);

    private static final int TEXT_LIMIT = 64 << 10;

    private final URI chat;
    private final Codes codes;
    private final Mutator mutator;
    private final String room = "fuzz-" + UUID.randomUUID().toString().substring(0, 8);
    private final Map<Integer, Integer> closes = new TreeMap<>();
    private int answers;
    private int errors;
    private int frames;

    // Of the present connection.
    private RawClient line;
    private int sent;
    private int owed;
    private int came;
    private boolean welcomed;
    private boolean hasLine;

    private Mutations(URI chat, long seed, Codes codes) {
        this.chat = chat;
        this.codes = codes;
        this.mutator = new Mutator(seed, room);
    }

    /**
     * What the server may close with.
     *
     * @param negativeLength where a frame's length has the highest of its 64 bits set, beside what RFC 6455 has for frames
     * @param tooLarge where a text is too large
     * @param notUtf8 where a text is not UTF-8
     * @param tooLargeAndNotUtf8 where a text has both faults
     */
    public record Codes(
            Set<Integer> negativeLength, Set<Integer> tooLarge, Set<Integer> notUtf8, Set<Integer> tooLargeAndNotUtf8) {
        /** Those of RFC 6455. */
        public static final Codes STANDARD = new Codes(Set.of(), Set.of(1009), Set.of(1007), Set.of(1007, 1009));
    }

    /**
     * What came of a run.
     *
     * @param mutations how many there were
     * @param answers how many messages came as answers, errors included
     * @param errors how many of the answers said what was wrong
     * @param frames how many mutations were whole frames
     * @param closes how many connections were closed with which code; 1006 for those that ended without one
     */
    public record Outcome(int mutations, int answers, int errors, int frames, Map<Integer, Integer> closes) {
        public Outcome {
            closes = Map.copyOf(closes);
        }
    }

    /**
     * Sends {@code count} mutations and waits for the answer of each.
     *
     * @param done called after each
     * @throws AssertionError with the seed, where an answer is wrong or doesn't come
     */
    public static Outcome run(URI chat, long seed, int count, Codes codes, Runnable done) {
        Mutations run = new Mutations(chat, seed, codes);
        int number = 0;
        String last = "";
        try {
            for (; number < count; number++) {
                last = run.next();
                done.run();
            }
            return new Outcome(count, run.answers, run.errors, run.frames, run.closes);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "mutation " + (number + 1) + " of -Dparley.seed=" + seed + ": " + run.doing + " (before it: " + last
                            + ")",
                    e);
        } finally {
            run.hangUp();
        }
    }

    private String doing = "";

    private String next() {
        switch (mutator.below(8)) {
            case 0 -> frame();
            case 1 -> payload(Frame.BINARY, mutator.binary());
            case 2 -> payload(Frame.BINARY, mutator.scramble(mutator.binary()));
            case 3 -> payload(Frame.TEXT, mutator.scramble(mutator.text().getBytes(UTF_8)));
            default -> payload(Frame.TEXT, mutator.text().getBytes(UTF_8));
        }
        return doing;
    }

    private void doing(String what, byte[] bytes) {
        String shown = new String(bytes, UTF_8);
        doing = what + " " + (shown.length() > 300 ? shown.substring(0, 300) + "…" : shown);
    }

    private void doingFrame(byte[] bytes) {
        int shown = Math.min(bytes.length, 300);
        doing = "frame of " + bytes.length + " bytes " + HexFormat.of().formatHex(bytes, 0, shown);
    }

    /** A frame that is one; what is in it, is bent. */
    private void payload(int opcode, byte[] payload) {
        doing(opcode == Frame.TEXT ? "text" : "binary", payload);
        connect();
        boolean tooLarge = payload.length > TEXT_LIMIT;
        boolean utf8 = isUtf8(payload);
        if (opcode == Frame.TEXT && (tooLarge || !utf8)) {
            try {
                line.send(new Frame(true, opcode, payload));
            } catch (UncheckedIOException cutOff) {
                // The server didn't wait for the rest.
            }
            ended(utf8 ? codes.tooLarge() : tooLarge ? codes.tooLargeAndNotUtf8() : codes.notUtf8());
            return;
        }
        List<ClientMessage> messages = opcode == Frame.TEXT
                ? MessageJson.readClient(new String(payload, UTF_8))
                : List.of(BinaryFrame.readClient(ByteBuffer.wrap(payload)));
        hasLine = messages.stream().anyMatch(ClientMessage.Line.class::isInstance);
        line.send(new Frame(true, opcode, payload));
        messages.forEach(this::expect);
        // Whoever is still there answers this; and errors are no longer in a row then.
        say(new ClientMessage.History(Ref.of(sent), new RoomName(room), null, null, 1));
        long until = System.nanoTime() + RawClient.PATIENCE.toNanos();
        while (came < owed) {
            // Beats go on coming, so that waiting for a frame alone would never end.
            if (System.nanoTime() > until) {
                throw new AssertionError("silence where " + (owed - came) + " answers are due");
            }
            hear(line.readMessage().orElseThrow(() -> new AssertionError("closed with " + line.closeCode())));
        }
    }

    private void say(ClientMessage message) {
        line.send(MessageJson.write(message));
        expect(message);
    }

    private void expect(ClientMessage message) {
        sent++;
        boolean valid = !(message instanceof ClientMessage.Invalid);
        boolean hello = message instanceof ClientMessage.Hello;
        if (valid && !hello && !welcomed) {
            // A guest is welcomed before its first message is answered.
            welcomed = true;
            owed++;
        }
        welcomed |= message instanceof ClientMessage.Hello greeting && greeting.token() == null;
        // A signal has a mark for its errors alone.
        boolean answered = !(message instanceof ClientMessage.Signal)
                && (message.body() != null || Records.has(message.getClass(), Ref.class));
        owed += answered ? 1 : 0;
    }

    private void hear(Frame frame) {
        List<ServerMessage> messages = frame.opcode() == Frame.BINARY
                ? BinaryFrame.readServer(ByteBuffer.wrap(frame.payload()))
                : MessageJson.readServer(frame.text());
        for (ServerMessage message : messages) {
            if (message instanceof ServerMessage.Error error) {
                errors++;
                if (error.message().isBlank() || error.message().contains("Exception")) {
                    throw new AssertionError("an error that explains nothing: " + error);
                }
            }
            // A line may join a room on its way.
            boolean extra = hasLine && message instanceof ServerMessage.Joined joined && joined.ref() == null;
            if (message instanceof ServerMessage.Reply && !extra) {
                came++;
                answers++;
            }
        }
    }

    /** A frame that is bent itself, at most; nobody can tell what the bytes behind it would mean. */
    private void frame() {
        byte[] whole = (mutator.oneIn(3)
                        ? new Frame(true, Frame.BINARY, mutator.binary())
                        : new Frame(
                                !mutator.oneIn(4), Frame.TEXT, mutator.text().getBytes(UTF_8)))
                .masked();
        byte[] bent = mutator.scramble(whole);
        // Most of the changes would go into the payload.
        byte[] head = mutator.scramble(Arrays.copyOf(whole, Math.min(whole.length, 14)));
        byte[] bytes = mutator.oneIn(2) ? bent : head;
        doingFrame(bytes);
        frames++;
        hangUp();
        connect();
        try {
            line.raw(bytes);
            line.finish();
        } catch (UncheckedIOException cutOff) {
            // The server didn't wait for the rest.
        }
        boolean closes = bytes.length > 0 && (bytes[0] & 0x0F) == Frame.CLOSE;
        Set<Integer> allowed = new HashSet<>(FRAMING);
        if (Frame.hasNegativeLength(bytes)) {
            allowed.addAll(codes.negativeLength());
        }
        ended(closes ? null : allowed);
    }

    /** @param allowed null for any that may stand in a close frame */
    private void ended(Set<Integer> allowed) {
        String reason = "";
        Optional<Frame> next = line.read();
        while (next.isPresent()) {
            reason = next.filter(frame -> frame.opcode() == Frame.CLOSE)
                    .map(Frame::reason)
                    .orElse(reason);
            next = line.read();
        }
        int code = line.closeCode();
        closes.merge(code, 1, Integer::sum);
        boolean right = allowed == null ? code != 1011 : allowed.contains(code);
        hangUp();
        if (!right) {
            throw new AssertionError("closed with " + code + " " + reason);
        }
    }

    private void connect() {
        if (line != null && sent >= PER_CONNECTION) {
            hangUp();
        }
        if (line == null) {
            line = RawClient.open(chat);
            sent = 0;
            owed = 0;
            came = 0;
            welcomed = false;
            hasLine = false;
            if (!mutator.oneIn(4)) {
                say(new ClientMessage.Join(Ref.of(0), new RoomName(room), null, null, 0));
            }
        }
    }

    private void hangUp() {
        if (line != null) {
            line.close();
            line = null;
        }
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
