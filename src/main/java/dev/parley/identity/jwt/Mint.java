package dev.parley.identity.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/**
 * Makes tokens for tests and first steps. Immutable, thread-safe.
 *
 * @param secret the secret that signs the tokens with HS256
 * @param issuer the issuer of the tokens; or null
 * @param audience the audience of the tokens; or null
 */
public record Mint(String secret, String issuer, String audience) {
    /** @throws ParleyException with {@code unavailable} if the secret is too short */
    public Mint {
        TokenKeys.secret(secret);
    }

    /**
     * Makes a token.
     *
     * @param id the subject
     * @param shown the name that others see
     * @param age how long the token is valid
     */
    public String token(String id, String shown, Duration age) {
        return token(id, shown, age, Map.of());
    }

    /** @param more claims beside those, such as those that {@link #rooms} makes */
    public String token(String id, String shown, Duration age, Map<String, ?> more) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder builder = new JWTClaimsSet.Builder()
                .subject(id)
                .claim("preferred_username", shown)
                .issuer(issuer)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(age)));
        more.forEach(builder::claim);
        JWTClaimsSet claims = builder.build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException e) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "the token could not be signed: " + e.getMessage(), e);
        }
        return token.serialize();
    }

    /**
     * The claim about rooms.
     *
     * @param byPattern words for permissions, such as {@code read}, by pattern
     * @throws ParleyException with a sentence if a server would refuse that
     */
    public static Map<String, ?> rooms(Map<String, List<String>> byPattern) {
        Map<String, ?> claim = Map.of(Claims.ROOMS, byPattern);
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
        claim.forEach(claims::claim);
        Claims.rooms(claims.build());
        return claim;
    }

    /** Leaves out the secret. */
    @Override
    public String toString() {
        return "tokens of " + issuer;
    }
}
