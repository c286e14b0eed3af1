package dev.parley.client;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A server for one client, on a real socket, over one connection after the other, that says what its test tells it to:
 * also what no WebSocket container would, such as cutting the line or not acknowledging a close. Used by one test thread;
 * reads on its own.
 */
final class ScriptedServer implements AutoCloseable {
    static final String WELCOME = """
            {"type":"welcome","ref":1,"session":"secret","user":"ann","heartbeat":%d,\
            "limits":{"text":%d,"binary":1048576,"queue":1048576,"rate":50}}""";
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;

    private final ServerSocket listening;
    private final BlockingQueue<JsonObject> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> binaries = new LinkedBlockingQueue<>();
    private final BlockingQueue<Closed> closeFrames = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> request = new CompletableFuture<>();
    private volatile String replyToHello;
    private volatile boolean missing;
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

    static ScriptedServer welcoming() throws IOException {
        return new ScriptedServer(WELCOME.formatted(20_000, 65_536), true);
    }

    static ScriptedServer welcomingWithTextLimit(int bytes) throws IOException {
        return new ScriptedServer(WELCOME.formatted(20_000, bytes), true);
    }

    static ScriptedServer neverAcknowledgingAClose() throws IOException {
        return new ScriptedServer(WELCOME.formatted(20_000, 65_536), false);
    }

    static ScriptedServer welcomingWithHeartbeat(int millis) throws IOException {
        return new ScriptedServer(WELCOME.formatted(millis, 65_536), true);
    }

    /** From now on it takes frames of at most so many bytes. */
    void limitsText(int bytes) {
        replyToHello = WELCOME.formatted(20_000, bytes);
    }

    void missesTheNextHello() {
        missing = true;
    }

    /** @param reply null for none */
    static ScriptedServer replyingToHello(String reply) throws IOException {
        return new ScriptedServer(reply, true);
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/chat");
    }

    String request() {
        return request.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** The next message, which must be of this type. */
    JsonObject hears(String type) throws InterruptedException {
        JsonObject message = texts.poll(10, TimeUnit.SECONDS);
        if (message == null || !message.getString("type").equals(type)) {
            throw new AssertionError("heard " + message + " instead of " + type);
        }
        return message;
    }

    byte[] hearsBytes() throws InterruptedException {
        return binaries.poll(10, TimeUnit.SECONDS);
    }

    Closed hearsClose() throws InterruptedException {
        return closeFrames.poll(10, TimeUnit.SECONDS);
    }

    void says(String json) throws IOException {
        send(TEXT, json.getBytes(StandardCharsets.UTF_8));
    }

    void saysBytes(String header, byte[] content) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(frame);
        data.writeShort(json.length);
        data.write(json);
        data.write(content);
        send(BINARY, frame.toByteArray());
    }

    void closes(int code, String reason) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(frame);
        data.writeShort(code);
        data.write(reason.getBytes(StandardCharsets.UTF_8));
        send(CLOSE, frame.toByteArray());
    }

    void cutsTheLine() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        if (socket != null) {
            socket.close();
        }
    }

    private synchronized void send(int opcode, byte[] payload) throws IOException {
        out.writeByte(0x80 | opcode);
        if (payload.length < 126) {
            out.writeByte(payload.length);
        } else if (payload.length <= 0xFFFF) {
            out.writeByte(126);
            out.writeShort(payload.length);
        } else {
            out.writeByte(127);
            out.writeLong(payload.length);
        }
        out.write(payload);
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
                    take(in);
                }
            } catch (IOException ended) {
                // The next connection may come.
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
                    + "Sec-WebSocket-Protocol: parley.v1\r\nSec-WebSocket-Accept: " + accept(key) + "\r\n\r\n");
            out.flush();
        }
        request.complete(text);
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
        int opcode = in.readUnsignedByte() & 0x0F;
        int length = in.readUnsignedByte() & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        switch (opcode) {
            case TEXT -> takeText(new String(payload, StandardCharsets.UTF_8));
            case BINARY -> binaries.add(payload);
            case CLOSE -> takeClose(payload);
            default -> throw new IOException("opcode " + opcode);
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
            says(replyToHello.replace("\"ref\":1", "\"ref\":" + message.get("ref")));
        }
    }

    private void takeClose(byte[] payload) throws IOException {
        int code = payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        String reason = payload.length < 2 ? "" : new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
        closeFrames.add(new Closed(code, reason));
        if (acknowledging) {
            send(CLOSE, payload);
            socket.close();
        }
    }
}
