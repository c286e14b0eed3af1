package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import dev.parley.testing.ServerProcess;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one port with TLS, by a keystore as keytool makes it. */
class TlsIT {
    private static final String PASSWORD = "only for this test";

    @TempDir
    private static Path folder;

    private static Path keystore;
    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        makeKeystore();
        server = ServerProcess.start(settings());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static void makeKeystore() throws IOException, InterruptedException {
        keystore = folder.resolve("key.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        PASSWORD,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=ip:127.0.0.1")
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void thePageAndTheWebSocketAreReachedThroughTls() throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
        assertThat(server.page()).hasScheme("https");
        assertThat(client.send(HttpRequest.newBuilder(server.page()).build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);

        assertThat(server.chat()).hasScheme("wss");
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(server.chat(), new WebSocket.Listener() {})
                .get(20, TimeUnit.SECONDS);
        assertThat(socket.isOutputClosed()).isFalse();
        socket.abort();
    }

    @Test
    void peopleChatThroughTlsInFramesLargerThanItsRecords() throws Exception {
        try (Person ann = Person.on(RawClient.open(server.chat(), trusting()));
                Person bob = Person.on(RawClient.open(server.chat(), trusting()))) {
            ann.joins("vault");
            bob.joins("vault");
            for (int seq = 1; seq <= 20; seq++) {
                String text = Integer.toString(seq).repeat(30_000);
                ann.says("vault", text);
                JsonObject heard = bob.hears(1, "vault").get(0);
                assertThat(Messages.seq(heard)).isEqualTo(seq);
                assertThat(heard.getString("text")).isEqualTo(text);
            }
        }
    }

    @Test
    void onlySuitesWithForwardSecrecyAndAuthenticationAreTaken() throws Exception {
        assertThat(negotiated("TLSv1.3")).startsWith("TLS_");
        assertThat(negotiated("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"))
                .isNotEmpty();
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> negotiated("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"));
    }

    @Test
    void theServerChoosesAmongTheSuitesThatTheClientTakes() throws Exception {
        String weaker = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
        String stronger = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
        assertThat(negotiated("TLSv1.2", weaker, stronger)).isEqualTo(stronger);
        assertThat(negotiated("TLSv1.2", stronger, weaker)).isEqualTo(stronger);
    }

    @Test
    void aClientCannotHaveTheHandshakeDoneAgain() throws Exception {
        try (SSLSocket socket = connect(server, "TLSv1.2")) {
            socket.startHandshake();
            socket.startHandshake();
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isNegative();
        } catch (SSLException | SocketException refused) {
            // The server may say so, or just end the connection; what it may not do is answer, or wait.
            assertThat(refused).isNotNull();
        }
    }

    @Test
    void aHandshakeThatIsNeverCompleteEnds() throws Exception {
        try (Socket socket = new Socket(server.page().getHost(), server.page().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
            try {
                assertThat(socket.getInputStream().read()).isNegative();
            } catch (SocketException reset) {
                assertThat(reset).hasMessageContaining("reset");
            }
        }
    }

    @Test
    void browsersAreToldToStayWithTlsInEveryAnswerWhereTheSettingSaysSo() throws Exception {
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("parley.tls.hsts", "3600");
        try (ServerProcess strict = ServerProcess.start(settings)) {
            for (String request : List.of(
                    "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n",
                    "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /chat HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
                    "GET / HTTP/1.1\r\n\r\n",
                    "GET / HTTP/2.0\r\n\r\n")) {
                assertThat(head(server, request)).doesNotContain("Strict-Transport-Security");
                assertThat(head(strict, request)).containsOnlyOnce("\r\nStrict-Transport-Security: max-age=3600\r\n");
            }
        }
    }

    /** The head of the answer to this request. */
    private static String head(ServerProcess server, String request) throws IOException, GeneralSecurityException {
        try (SSLSocket socket = connect(server, "TLSv1.3")) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                assertThat(next).as("after: %s", head).isNotNegative();
                head.append((char) next);
            }
            return head.toString();
        }
    }

    private static Map<String, String> settings() {
        return Map.of("parley.tls.keystore", keystore.toString(), "parley.tls.password", PASSWORD);
    }

    private static SSLSocket connect(ServerProcess server, String protocol, String... suites)
            throws IOException, GeneralSecurityException {
        SSLSocket socket = (SSLSocket) trusting()
                .getSocketFactory()
                .createSocket(server.page().getHost(), server.page().getPort());
        socket.setSoTimeout(20_000);
        socket.setEnabledProtocols(new String[] {protocol});
        if (suites.length > 0) {
            socket.setEnabledCipherSuites(suites);
        }
        return socket;
    }

    /** The suite that server and client agree on. */
    private static String negotiated(String protocol, String... suites) throws IOException, GeneralSecurityException {
        try (SSLSocket socket = connect(server, protocol, suites)) {
            socket.startHandshake();
            return socket.getSession().getCipherSuite();
        }
    }

    @Test
    void aWrongPasswordIsToldInOneSentence() {
        ServerProcess.Ended ended = ServerProcess.failing(
                Map.of("parley.tls.keystore", keystore.toString(), "parley.tls.password", "wrong"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.standardError())
                .startsWith("parley.tls.keystore is '" + keystore + "', but that can't be opened:")
                .doesNotContain("wrong")
                .hasLineCount(1);
    }

    private static SSLContext trusting() throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        // The certificate is its own authority.
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null, null);
        authorities.setCertificateEntry(
                "server",
                KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray()).getCertificate("mykey"));
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
