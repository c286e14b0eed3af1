package dev.parley.identity.jwt;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that check tokens, and the algorithms that each kind of key allows. A token can't choose between a secret and a
 * public key (RFC 8725 section 3.1). Immutable, thread-safe.
 */
public final class TokenKeys {
    /** RFC 7518 section 3.2: the key must be at least as long as the hash. */
    public static final int LEAST_SECRET_BYTES = 32;

    private static final long KEYS_AGE_MILLIS = 300_000;
    private static final long OUTAGE_MILLIS = 4 * 3_600_000L;
    private static final int LEAST_RSA_BITS = 2048;
    private static final Set<JWSAlgorithm> ELLIPTIC =
            Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);
    /** Nimbus needs another library for EdDSA. */
    private static final Set<JWSAlgorithm> PUBLIC =
            Stream.concat(JWSAlgorithm.Family.RSA.stream(), ELLIPTIC.stream()).collect(Collectors.toUnmodifiableSet());

    final JWSKeySelector<SecurityContext> selector;

    private TokenKeys(JWSKeySelector<SecurityContext> selector) {
        this.selector = selector;
    }

    /** A single key. The key name ({@code kid}) in a token is ignored. */
    private static TokenKeys only(Set<JWSAlgorithm> algorithms, Key key) {
        return new TokenKeys(
                (header, context) -> algorithms.contains(header.getAlgorithm()) ? List.of(key) : List.of());
    }

    private static TokenKeys of(JWKSource<SecurityContext> source) {
        return new TokenKeys(new JWSVerificationKeySelector<>(PUBLIC, source));
    }

    /**
     * One secret that issuer and server share, for HS256.
     *
     * @throws ParleyException if it is shorter than {@value #LEAST_SECRET_BYTES} bytes in UTF-8
     */
    public static TokenKeys secret(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LEAST_SECRET_BYTES) {
            throw unusable(
                    "the secret for tokens has " + bytes.length + " bytes, but needs " + LEAST_SECRET_BYTES, null);
        }
        return only(Set.of(JWSAlgorithm.HS256), new SecretKeySpec(bytes, "HmacSHA256"));
    }

    /**
     * One public key, RSA or elliptic, in a PEM file ({@code BEGIN PUBLIC KEY}). Waits for the disk.
     *
     * @throws ParleyException if the file has no such key, or can't be read
     */
    public static TokenKeys publicKey(Path pem) {
        try {
            String text = Files.readString(pem);
            if (!text.contains("-----BEGIN PUBLIC KEY-----")) {
                throw new IOException("it has no line -----BEGIN PUBLIC KEY-----");
            }
            byte[] bytes = Base64.getMimeDecoder()
                    .decode(text.replaceAll("(?s).*-----BEGIN PUBLIC KEY-----", "")
                            .replaceAll("(?s)-----END PUBLIC KEY-----.*", ""));
            return publicKey(new X509EncodedKeySpec(bytes));
        } catch (IOException | IllegalArgumentException e) {
            throw unusable("the key for tokens can't be read from " + pem + ": " + e.getMessage(), e);
        }
    }

    private static TokenKeys publicKey(X509EncodedKeySpec bytes) throws IOException {
        try {
            RSAPublicKey rsa = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(bytes);
            if (rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
                throw new IOException("an RSA key needs " + LEAST_RSA_BITS + " bits (RFC 7518 section 3.3)");
            }
            return only(JWSAlgorithm.Family.RSA, rsa);
        } catch (GeneralSecurityException notRsa) {
            try {
                return only(ELLIPTIC, KeyFactory.getInstance("EC").generatePublic(bytes));
            } catch (GeneralSecurityException neither) {
                throw new IOException("it is neither an RSA key nor an elliptic one", neither);
            }
        }
    }

    /**
     * A set of public keys (JWKS), from an address or a file. An address is read when a token needs it. Its keys are used for
     * five minutes, and for four hours while the address can't be read. If a token has an unknown key, the address is read
     * again, at most every 30 seconds. A file is read again when it has changed.
     *
     * @throws ParleyException if the file can't be read
     */
    public static TokenKeys set(String addressOrFile) {
        try {
            if (!addressOrFile.matches("(?i)https?://.*")) {
                return of(new KeysFile(Path.of(addressOrFile)));
            }
            URL address = URI.create(addressOrFile).toURL();
            KeysAtAddress reader = new KeysAtAddress();
            return of(reader.unlessTooSoon(JWKSourceBuilder.<SecurityContext>create(address, reader)
                    .cache(KEYS_AGE_MILLIS, 2 * KeysAtAddress.PATIENCE_MILLIS)
                    .refreshAheadCache(false)
                    .outageTolerant(OUTAGE_MILLIS)
                    .build()));
        } catch (IOException | IllegalArgumentException e) {
            throw unusable("the keys for tokens can't be read from " + addressOrFile + ": " + e.getMessage(), e);
        }
    }

    private static ParleyException unusable(String why, Exception cause) {
        return new ParleyException(ErrorCode.UNAVAILABLE, why, cause);
    }
}
