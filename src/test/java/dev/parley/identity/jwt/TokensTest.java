package dev.parley.identity.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.parley.identity.Credentials;
import dev.parley.identity.Identity;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.security.Sessions;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    private static final Tokens.Rules ANY = new Tokens.Rules(null, null, Duration.ofSeconds(30), List.of("roles"));

    @TempDir
    Path temporary;

    @Test
    void aTokenOfTheIssuersRsaKeyIsGoodWhateverNameItGivesToItsKey() throws Exception {
        RSAKey key = rsa("one");
        TokenKeys keys = TokenKeys.publicKey(pem(key.toRSAPublicKey()));

        assertThat(who(keys, signed(JWSAlgorithm.RS256, key, new RSASSASigner(key))))
                .isEqualTo("user:ann");
        assertThat(who(keys, signed(JWSAlgorithm.PS512, key, new RSASSASigner(key))))
                .isEqualTo("user:ann");
        assertThat(refusal(keys, signed(JWSAlgorithm.RS256, key, new RSASSASigner(rsa("one")))))
                .isEqualTo(ErrorCode.UNAUTHORIZED);
    }

    @Test
    void aTokenOfTheIssuersEllipticKeyIsGood() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();

        assertThat(who(
                        TokenKeys.publicKey(pem(key.toECPublicKey())),
                        signed(JWSAlgorithm.ES256, key, new ECDSASigner(key))))
                .isEqualTo("user:ann");
    }

    /** Everybody knows the public key: RFC 8725 section 2.1. */
    @Test
    void aPublicKeyIsNoSecret() throws Exception {
        RSAKey key = rsa("one");
        Path pem = pem(key.toRSAPublicKey());
        MACSigner signer = new MACSigner(Files.readAllBytes(pem));

        assertThat(refusal(TokenKeys.publicKey(pem), signed(JWSAlgorithm.HS256, key, signer)))
                .isEqualTo(ErrorCode.UNAUTHORIZED);
        assertThat(refusal(TokenKeys.set(file(key)), signed(JWSAlgorithm.HS256, key, signer)))
                .isEqualTo(ErrorCode.UNAUTHORIZED);
    }

    @Test
    void aKeyInAFileCanBeChanged() throws Exception {
        RSAKey before = rsa("before");
        RSAKey after = rsa("after");
        String file = file(before);
        TokenKeys keys = TokenKeys.set(file);
        assertThat(who(keys, signed(JWSAlgorithm.RS256, before, new RSASSASigner(before))))
                .isEqualTo("user:ann");

        Files.writeString(Path.of(file), text(after));
        // Two changes within one tick of the file system's clock look like one.
        Files.setLastModifiedTime(Path.of(file), FileTime.from(Instant.now().plusSeconds(1)));
        assertThat(who(keys, signed(JWSAlgorithm.RS256, after, new RSASSASigner(after))))
                .isEqualTo("user:ann");
        assertThat(refusal(keys, signed(JWSAlgorithm.RS256, before, new RSASSASigner(before))))
                .isEqualTo(ErrorCode.UNAUTHORIZED);

        Files.writeString(Path.of(file), "no keys");
        Files.setLastModifiedTime(Path.of(file), FileTime.from(Instant.now().plusSeconds(2)));
        assertThat(who(keys, signed(JWSAlgorithm.RS256, after, new RSASSASigner(after))))
                .isEqualTo("user:ann");
    }

    @Test
    void keysAtAnAddressAreReadOnceAndAgainForANewKey() throws Exception {
        RSAKey before = rsa("before");
        RSAKey after = rsa("after");
        AtomicReference<String> served = new AtomicReference<>(text(before));
        AtomicInteger requests = new AtomicInteger();
        try (KeyServer server = new KeyServer(served, requests)) {
            TokenKeys keys = TokenKeys.set(server.address());
            String token = signed(JWSAlgorithm.RS256, before, new RSASSASigner(before));
            assertThat(who(keys, token)).isEqualTo("user:ann");
            assertThat(who(keys, token)).isEqualTo("user:ann");
            assertThat(requests).hasValue(1);

            served.set(text(after));
            assertThat(who(keys, signed(JWSAlgorithm.RS256, after, new RSASSASigner(after))))
                    .isEqualTo("user:ann");
            // Whoever makes up names for keys makes nobody read them again and again.
            for (int i = 0; i < 20; i++) {
                RSAKey unknown =
                        new RSAKey.Builder(before).keyID("unknown-" + i).build();
                assertThat(refusal(keys, signed(JWSAlgorithm.RS256, unknown, new RSASSASigner(before))))
                        .isEqualTo(ErrorCode.UNAUTHORIZED);
            }
            assertThat(requests.get()).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void whereNoKeysCanBeReadNobodyIsTurnedAwayForGood() throws Exception {
        RSAKey key = rsa("one");
        String address;
        try (KeyServer server = new KeyServer(new AtomicReference<>(text(key)), new AtomicInteger())) {
            address = server.address();
        }

        assertThat(refusal(TokenKeys.set(address), signed(JWSAlgorithm.RS256, key, new RSASSASigner(key))))
                .isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void aFileWithoutAKeyIsRefusedWithASentence() throws Exception {
        Path file = Files.writeString(temporary.resolve("key.pem"), "no key");

        assertThatThrownBy(() -> TokenKeys.publicKey(file))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining("-----BEGIN PUBLIC KEY-----");
        assertThatThrownBy(() -> TokenKeys.set(file.toString()))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining("not a set of keys");
        assertThatThrownBy(() -> TokenKeys.set(temporary.resolve("absent").toString()))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining("absent");
    }

    private static String who(TokenKeys keys, String token) {
        return ask(keys, token).orElseThrow().key();
    }

    private static ErrorCode refusal(TokenKeys keys, String token) {
        try {
            throw new AssertionError("it was taken: " + ask(keys, token));
        } catch (CompletionException e) {
            return ((ParleyException) e.getCause()).code();
        }
    }

    private static Optional<Identity> ask(TokenKeys keys, String token) {
        Tokens tokens = new Tokens(keys, ANY, Thread::new);
        try {
            Sessions sessions = new Sessions(new byte[32], Duration.ofDays(1), Clock.systemUTC());
            return tokens.authenticate(new Credentials(null, Set.of(), token, null, sessions.create()))
                    .toCompletableFuture()
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        } finally {
            tokens.close();
        }
    }

    private static RSAKey rsa(String name) throws Exception {
        return new RSAKeyGenerator(2048).keyID(name).generate();
    }

    private static String text(JWK key) {
        return new JWKSet(key).toString(true);
    }

    private String file(JWK key) throws Exception {
        return Files.writeString(temporary.resolve("keys-" + System.nanoTime() + ".json"), text(key))
                .toString();
    }

    private Path pem(Key key) throws Exception {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        return Files.writeString(
                temporary.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
    }

    private static String signed(JWSAlgorithm algorithm, JWK key, JWSSigner signer) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .subject("ann")
                        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                        .build());
        token.sign(signer);
        return token.serialize();
    }

    /** An issuer's server with its public keys. */
    private static final class KeyServer implements AutoCloseable {
        private final HttpServer server;

        KeyServer(AtomicReference<String> keys, AtomicInteger requests) throws Exception {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/keys", exchange -> {
                requests.incrementAndGet();
                byte[] body = keys.get().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                try (OutputStream out = exchange.getResponseBody()) {
                    out.write(body);
                }
            });
            server.start();
        }

        String address() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
