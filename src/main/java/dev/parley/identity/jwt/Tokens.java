package dev.parley.identity.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import dev.parley.identity.Authenticator;
import dev.parley.identity.Credentials;
import dev.parley.identity.Identity;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Authenticates users by signed JSON Web Tokens (RFC 7519). Thread-safe.
 *
 * <p>The claim {@code sub} identifies the user, and the claim {@code exp} is the time when the token expires; both are required.
 * The name that others see is the claim {@code preferred_username}, or else {@code name}. {@link Claims} reads roles and rooms.
 * Tokens are rejected if they have no signature, if they are encrypted, or if their algorithm belongs to another kind of key
 * (RFC 8725).
 *
 * <p>{@value #THREADS} threads check tokens, because reading a set of keys may take seconds. At most {@value #MOST_WAITING}
 * tokens wait for them; further tokens are rejected with {@code unavailable}.
 */
public final class Tokens implements Authenticator {
    private static final Logger LOG = System.getLogger("dev.parley.identity");
    private static final int THREADS = 2;
    private static final int MOST_WAITING = 1_000;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final Rules rules;
    private final AtomicBoolean unreadable = new AtomicBoolean();
    private final ThreadPoolExecutor threads;

    /**
     * The rules for tokens.
     *
     * @param issuer the required value of the claim {@code iss}; null for any
     * @param audience a required value in the claim {@code aud}; null for any
     * @param leeway the largest difference between the clocks of issuer and server
     * @param roles the names of the claims with the roles of the user; see {@link Claims#roles}
     */
    public record Rules(String issuer, String audience, Duration leeway, List<String> roles) {}

    public Tokens(TokenKeys keys, Rules rules, ThreadFactory threads) {
        this.rules = rules;
        // Access tokens have the type at+jwt (RFC 9068 section 2.1).
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(keys.selector);
        JWTClaimsSet.Builder exactly = new JWTClaimsSet.Builder();
        if (rules.issuer != null) {
            exactly.issuer(rules.issuer);
        }
        // No Set.of: Payara 6 loads version 10.4.2 of the library, which calls contains(null).
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                rules.audience == null ? null : new HashSet<>(Set.of(rules.audience)),
                exactly.build(),
                new HashSet<>(Set.of("sub", "exp")),
                new HashSet<>());
        claims.setMaxClockSkew((int) rules.leeway.toSeconds());
        processor.setJWTClaimsSetVerifier(claims);
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), threads);
    }

    @Override
    public boolean takesTokens() {
        return true;
    }

    @Override
    public CompletionStage<Optional<Identity>> authenticate(Credentials credentials) {
        if (credentials.token() == null || !isJwt(credentials.token())) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        CompletableFuture<Optional<Identity>> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    answer.complete(Optional.of(identity(credentials.token())));
                } catch (RuntimeException | Error e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(unavailable("too many tokens wait to be checked; try again later", e));
        }
        return answer;
    }

    /** A signed or unsigned JSON Web Token has three parts (RFC 7515 section 3.1); any other text is another authenticator's. */
    private static boolean isJwt(String token) {
        return token.chars().filter(letter -> letter == '.').count() == 2;
    }

    private Identity identity(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            String id = claims.getSubject();
            Date end = claims.getExpirationTime();
            if (id == null || end == null) {
                throw unauthorized("the claims sub and exp of the token must have values", null);
            }
            unreadable.set(false);
            return Identity.ofUser(
                    "the claim sub of the token",
                    id,
                    UserName.near(shown(claims)),
                    Claims.roles(claims, rules.roles),
                    Claims.rooms(claims),
                    end.toInstant().plus(rules.leeway));
        } catch (ExpiredJWTException e) {
            throw unauthorized("the token has expired", e);
        } catch (BadJWTException e) {
            throw unauthorized("the token is not meant for this server, or not valid yet", e);
        } catch (BadJWSException e) {
            throw unauthorized("the token is signed with a key that this server does not accept", e);
        } catch (ParseException | BadJOSEException e) {
            throw unauthorized("the token is not a signed JSON Web Token that this server accepts", e);
        } catch (KeySourceException e) {
            throw unavailable("the keys for tokens can't be read now; try again later", e);
        } catch (JOSEException e) {
            throw unauthorized("the token could not be checked", e);
        }
    }

    private static String shown(JWTClaimsSet claims) {
        return Stream.of("preferred_username", "name", "sub")
                .map(claims::getClaim)
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank())
                .findFirst()
                // The subject is blank: the token is rejected for this.
                .orElse("");
    }

    /** The message of the library goes only to the log, because it may contain parts of the token. */
    private static ParleyException unauthorized(String why, Exception cause) {
        LOG.log(Level.DEBUG, "A token was rejected: " + why, cause);
        return new ParleyException(ErrorCode.UNAUTHORIZED, why, cause);
    }

    private ParleyException unavailable(String why, Exception cause) {
        // One warning for each outage: a stranger can send any number of tokens.
        Level level = unreadable.getAndSet(true) ? Level.DEBUG : Level.WARNING;
        LOG.log(level, "A token could not be checked: {0}", cause.toString());
        return new ParleyException(ErrorCode.UNAVAILABLE, why, cause);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
