package dev.parley.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One connection through a {@link FaultyProxy}: a thread for each direction. Thread-safe. */
final class FaultyLine {
    private static final int CHUNK = 4096;
    private static final int DELAY_MILLIS = 100;
    private static final int STALL_MILLIS = 4_000;

    private final Socket client;
    private final Socket server;
    private final Storm storm;
    private final Consumer<FaultyLine> onEnd;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(2);
    private volatile long stalledUntil = System.nanoTime();

    FaultyLine(Socket client, Socket server, Storm storm, Consumer<FaultyLine> onEnd) throws IOException {
        this.client = client;
        this.server = server;
        this.storm = storm;
        this.onEnd = onEnd;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start(long seed) {
        run("up", () -> carry(client, server, new Random(seed)));
        run("down", () -> carry(server, client, new Random(~seed)));
    }

    static void run(String name, Runnable task) {
        Thread thread = new Thread(task, "faulty-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void carry(Socket from, Socket to, Random dice) {
        byte[] chunk = new byte[CHUNK];
        long due = Storm.next(dice);
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                if (storm.rages() && System.nanoTime() - due > 0) {
                    Storm.Fault fault = storm.strike(dice);
                    suffer(fault, chunk, length, out, dice);
                    if (fault.isDeadly()) {
                        return;
                    }
                    due = Storm.next(dice);
                }
                if (storm.swallows()) {
                    continue;
                }
                pause(TimeUnit.NANOSECONDS.toMillis(stalledUntil - System.nanoTime()));
                out.write(chunk, 0, length);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            cut();
        } finally {
            finished.countDown();
            if (finished.getCount() == 0) {
                cut();
            }
        }
    }

    private void suffer(Storm.Fault fault, byte[] chunk, int length, OutputStream out, Random dice) throws IOException {
        switch (fault) {
            case DELAY -> pause(dice.nextInt(DELAY_MILLIS));
            case STALL -> pause(dice.nextInt(STALL_MILLIS));
            case STALL_BOTH ->
                stalledUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(dice.nextInt(STALL_MILLIS));
            case CUT -> cut();
            case RESET -> reset();
            case HALF -> {
                out.write(chunk, 0, length / 2);
                if (dice.nextBoolean()) {
                    cut();
                } else {
                    reset();
                }
            }
        }
    }

    /** Until the time is over or the line ends. */
    private void pause(long millis) {
        try {
            ended.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends both sides by FIN. */
    void cut() {
        finish(client);
        finish(server);
        end();
    }

    /** Ends both sides by RST. */
    private void reset() throws IOException {
        client.setSoLinger(true, 0);
        server.setSoLinger(true, 0);
        end();
    }

    private void end() {
        ended.countDown();
        close(client);
        close(server);
        onEnd.accept(this);
    }

    private static void finish(Socket socket) {
        try {
            // Else what was not read yet would make it an RST.
            socket.shutdownOutput();
        } catch (IOException e) {
            // It has ended already.
        }
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It has ended already.
        }
    }
}
