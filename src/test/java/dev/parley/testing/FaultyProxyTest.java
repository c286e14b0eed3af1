package dev.parley.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calm, the proxy is a wire; in a storm no line lasts. */
@Timeout(60)
class FaultyProxyTest {
    private static final int BYTES = 1 << 20;

    private ServerSocket echo;
    private FaultyProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        FaultyLine.run("echo", this::accept);
        proxy = FaultyProxy.to(URI.create("ws://127.0.0.1:" + echo.getLocalPort() + "/chat"), 1);
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket line = echo.accept();
                FaultyLine.run("echo", () -> {
                    try (line) {
                        line.getInputStream().transferTo(line.getOutputStream());
                    } catch (IOException broken) {
                        // As was to be expected.
                    }
                });
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Test
    void calmItCarriesEverythingAndTheEndToo() throws IOException {
        byte[] sent = new byte[BYTES];
        new Random(2).nextBytes(sent);
        try (Socket line = connect()) {
            send(line, sent);
            assertThat(line.getInputStream().readAllBytes()).isEqualTo(sent);
        }
        assertThat(proxy.faults().total()).isZero();
    }

    @Test
    void inAStormEachLineBreaksAndAfterItNoneDoes() throws IOException {
        proxy.storm();
        for (int i = 0; i < 3; i++) {
            try (Socket line = connect()) {
                InputStream in = line.getInputStream();
                FaultyLine.run("sender", () -> sendForEver(line));
                readToTheEnd(in);
            }
        }
        assertThat(proxy.lines()).isEqualTo(3);
        assertThat(proxy.faults().total()).isGreaterThanOrEqualTo(3);

        proxy.calm();
        calmItCarries();
    }

    private void calmItCarries() throws IOException {
        long before = proxy.faults().total();
        try (Socket line = connect()) {
            send(line, new byte[BYTES]);
            assertThat(line.getInputStream().readAllBytes()).hasSize(BYTES);
        }
        assertThat(proxy.faults().total()).isEqualTo(before);
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.address().getPort());
    }

    private static void send(Socket line, byte[] bytes) {
        FaultyLine.run("sender", () -> {
            try {
                line.getOutputStream().write(bytes);
                line.shutdownOutput();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void sendForEver(Socket line) {
        try {
            while (true) {
                line.getOutputStream().write(new byte[100]);
            }
        } catch (IOException broken) {
            // What the storm is for.
        }
    }

    private static void readToTheEnd(InputStream in) {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException reset) {
            // An end, too.
        }
    }
}
