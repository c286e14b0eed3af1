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

/**
 * Makes tokens for trying out. Immutable, thread-safe.
 *
 * @param secret signs them with HS256
 * @param issuer of all of them, or null
 * @param audience of all of them, or null
 */
public record Mint(String secret, String issuer, String audience) {
    /** @throws ParleyException with {@code unavailable} where the secret is too short */
    public Mint {
        TokenKeys.secret(secret);
    }

    /** @param id who it is for @param shown the name that others see @param age for how long it is good */
    public String token(String id, String shown, Duration age) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(id)
                .claim("preferred_username", shown)
                .issuer(issuer)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(age)))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException e) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "the token could not be signed: " + e.getMessage(), e);
        }
        return token.serialize();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "tokens of " + issuer;
    }
}
