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

    /** Leaves out the secret. */
    @Override
    public String toString() {
        return "tokens of " + issuer;
    }
}
