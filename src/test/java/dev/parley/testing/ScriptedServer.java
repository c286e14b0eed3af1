package dev.parley.testing;

import dev.parley.client.Closed;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A server for one client, on a real socket, over one connection after the other, that says what its test tells it to:
 * also what no WebSocket container would, such as cutting the line or not acknowledging a close. Used by one test thread;
 * reads on its own.
 */
public final class ScriptedServer implements AutoCloseable {
    public static final String WELCOME = """
            {"type":"welcome","ref":1,"session":"secret","user":"ann","heartbeat":%d,\
            "limits":{"text":%d,"binary":1048576,"queue":1048576,"rate":50}}""";

    private final ServerSocket listening;
    private final BlockingQueue<JsonObject> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> binaries = new LinkedBlockingQueue<>();
    private final BlockingQueue<Closed> closeFrames = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> request = new CompletableFuture<>();
    private volatile String replyToHello;
    private volatile boolean missing;
    private volatile CountDownLatch reading = new CountDownLatch(0);
    private final boolean acknowledging;
    private volatile Socket socket;
    private DataOutputStream out;

    private ScriptedServer(String replyToHello, boolean acknowledging) throws IOException {
        this.replyToHello = replyToHello;
        this.acknowledging = acknowledging;
        this.listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread reader = new Thread(this::serve, "scripted-server");
        reader.setDaemon(true);
        reader.start();
    }

    public static ScriptedServer welcoming() throws IOException {
        return new ScriptedServer(WELCOME.formatted(20_000, 65_536), true);
    }

    public static ScriptedServer welcomingWithTextLimit(int bytes) throws IOException {
        return new ScriptedServer(WELCOME.formatted(20_000, bytes), true);
    }

    public static ScriptedServer neverAcknowledgingAClose() throws IOException {
        return new ScriptedServer(WELCOME.formatted(20_000, 65_536), false);
    }

    public static ScriptedServer welcomingWithHeartbeat(int millis) throws IOException {
        return new ScriptedServer(WELCOME.formatted(millis, 65_536), true);
    }

    /** From now on it takes frames of at most so many bytes. */
    public void limitsText(int bytes) {
        replyToHello = WELCOME.formatted(20_000, bytes);
    }

    /** From now on, who says hello is the signed-in user with this id. */
    public void welcomesUser(String id) {
        replyToHello = WELCOME.formatted(20_000, 65_536)
                .replace("\"heartbeat\"", "\"caller\":{\"kind\":\"user\",\"id\":\"" + id + "\"},\"heartbeat\"");
    }

    public void missesTheNextHello() {
        missing = true;
    }

    /** @param reply null for none */
    public static ScriptedServer replyingToHello(String reply) throws IOException {
        return new ScriptedServer(reply, true);
    }

    public URI uri() {
        return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/chat");
    }

    public String request() {
        return request.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** The next message, which must be of this type. */
    public JsonObject hears(String type) throws InterruptedException {
        JsonObject message = texts.poll(10, TimeUnit.SECONDS);
        if (message == null || !message.getString("type").equals(type)) {
            throw new AssertionError("heard " + message + " instead of " + type);
        }
        return message;
    }

    public byte[] hearsBytes() throws InterruptedException {
        return binaries.poll(10, TimeUnit.SECONDS);
    }

    public Closed hearsClose() throws InterruptedException {
        return closeFrames.poll(10, TimeUnit.SECONDS);
    }

    public void says(String json) throws IOException {
        send(Frame.TEXT, json.getBytes(StandardCharsets.UTF_8));
    }

    /** The same in a binary frame, as a server of {@code parley.v2} may do. */
    public void saysInBinary(String json) throws IOException {
        send(Frame.BINARY, json.getBytes(StandardCharsets.UTF_8));
    }

    public void saysBytes(String header, byte[] content) throws IOException {
        send(Frame.BINARY, Messages.binary(header.getBytes(StandardCharsets.UTF_8), content));
    }

    public void closes(int code, String reason) throws IOException {
        send(Frame.CLOSE, Frame.close(code, reason).payload());
    }

    /** Reads nothing until it is told to read on. */
    public void stopsReading() {
        reading = new CountDownLatch(1);
    }

    public void readsOn() {
        reading.countDown();
    }

    public void cutsTheLine() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        readsOn();
        listening.close();
        if (socket != null) {
            socket.close();
        }
    }

    private synchronized void send(int opcode, byte[] payload) throws IOException {
        out.write(new Frame(true, opcode, payload).unmasked());
        out.flush();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket accepted = listening.accept()) {
                DataInputStream in = new DataInputStream(accepted.getInputStream());
                synchronized (this) {
                    out = new DataOutputStream(accepted.getOutputStream());
                }
                socket = accepted;
                shakeHands(in);
                while (true) {
                    reading.await();
                    take(in);
                }
            } catch (IOException broken) {
                // The next connection may come.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void shakeHands(DataInputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            head.write(in.readByte());
        }
        String text = head.toString(StandardCharsets.US_ASCII);
        String key = text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow(() -> new UncheckedIOException(new IOException("no key in " + text)));
        synchronized (this) {
            out.writeBytes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + protocol(text) + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n");
            out.flush();
        }
        request.complete(text);
    }

    /** The header that chooses the first sub-protocol that the client offers. */
    private static String protocol(String request) {
        return request.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-protocol:"))
                .map(line -> line.split(",", 2)[0] + "\r\n")
                .findFirst()
                .orElse("");
    }

    private static String accept(String key) {
        try {
            byte[] concatenated = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(concatenated));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private void take(DataInputStream in) throws IOException {
        Frame frame = Frame.read(in).orElseThrow(EOFException::new);
        switch (frame.opcode()) {
            case Frame.TEXT -> takeText(frame.text());
            case Frame.BINARY -> binaries.add(frame.payload());
            case Frame.CLOSE -> takeClose(frame);
            default -> throw new IOException("opcode " + frame.opcode());
        }
    }

    private void takeText(String text) throws IOException {
        JsonStructure frame = Json.createReader(new StringReader(text)).read();
        if (frame instanceof JsonArray batch) {
            batch.stream().map(JsonValue::asJsonObject).forEach(texts::add);
            return;
        }
        JsonObject message = frame.asJsonObject();
        texts.add(message);
        if (message.getString("type").equals("hello") && missing) {
            missing = false;
        } else if (message.getString("type").equals("hello") && replyToHello != null) {
            welcomes(message);
        }
    }

    /** Answers a hello that {@link #missesTheNextHello} left without an answer. */
    public void welcomes(JsonObject hello) throws IOException {
        says(replyToHello.replace("\"ref\":1", "\"ref\":" + hello.get("ref")));
    }

    private void takeClose(Frame frame) throws IOException {
        byte[] payload = frame.payload();
        String reason = payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        closeFrames.add(new Closed(frame.code(), reason));
        if (acknowledging) {
            send(Frame.CLOSE, payload);
            socket.close();
        }
    }
}
