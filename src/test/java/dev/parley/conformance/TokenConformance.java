package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.parley.client.ChatClient;
import dev.parley.client.ChatListener;
import dev.parley.client.ClientOptions;
import dev.parley.client.Closed;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Users by tokens that are signed with a secret. */
interface TokenConformance {
    String SECRET = "a secret of more than thirty-two bytes";
    String AUDIENCE = "parley";
    Map<String, String> SETTINGS =
            Map.of("parley.jwt.secret", SECRET, "parley.jwt.audience", AUDIENCE, "parley.jwt.leeway", "0");

    /** A server with the {@link #SETTINGS}. */
    URI chat();

    /** Whoever has a token is its user on all devices; a name of the token's own is what others see. */
    @Test
    default void theBearerOfATokenIsItsUser() throws Exception {
        String id = UUID.randomUUID().toString();
        String token = signed(claims(id).claim("preferred_username", "ann@example.com"));

        Person phone = Person.at(chat(), Map.of("token", token));
        Person desk = Person.at(chat(), Map.of("token", token, "name", "eve"));

        assertThat(phone.name()).startsWith("ann_example.com");
        assertThat(desk.name()).isEqualTo(phone.name());
        assertThat(phone.welcome().getInt("expires"))
                .isBetween(1, (int) Duration.ofHours(1).toMillis());
        phone.joins("room-" + id);
        assertThat(phone.says("room-" + id, "same", "hello").getInt("seq")).isEqualTo(1);
        desk.joins("room-" + id);
        // One user: what is sent again on another device is the same entry.
        assertThat(desk.says("room-" + id, "same", "hello").getInt("seq")).isEqualTo(1);
    }

    @Test
    default void othersSeeTheIdOfTheBearerOfAToken() throws Exception {
        String id = UUID.randomUUID() + "@example.com";
        try (Person user = Person.at(chat(), Map.of("token", signed(claims(id).claim("name", "ann"))));
                Person guest = Person.at(chat(), Map.of("name", "ann"))) {
            CallerConformance.assertIsSeenAs(id, user, guest, "room-" + UUID.randomUUID());
        }
    }

    static Stream<Arguments> badTokens() throws Exception {
        JWTClaimsSet good = claims("ann").build();
        String signed = signed(claims("ann"));
        return Stream.of(
                bad("that is none", "secret"),
                bad("without a signature", new PlainJWT(good).serialize()),
                bad("with another signature", signed(claims("ann"), SECRET + ".")),
                bad("that was changed", changed(signed)),
                bad(
                        "that has expired",
                        signed(claims("ann")
                                .expirationTime(Date.from(Instant.now().minusSeconds(1))))),
                bad("for another server", signed(claims("ann").audience("another"))),
                bad("for nobody", signed(claims("ann").audience((String) null))),
                bad(
                        "of a time to come",
                        signed(claims("ann")
                                .notBeforeTime(Date.from(Instant.now().plusSeconds(99))))),
                bad("without an end", signed(claims("ann").expirationTime(null))),
                bad("without a subject", signed(claims(null))),
                bad("with an empty subject", signed(claims(" "))),
                bad("with a subject that is too long", signed(claims("a".repeat(256)))),
                bad("with a subject of too many bytes", signed(claims("\u4f60".repeat(200)))),
                bad("with a subject of two lines", signed(claims("ann\nbob"))),
                bad("of another type", signed(claims("ann"), SECRET, JWSAlgorithm.HS256, "secevent+jwt")),
                bad("with another algorithm", signed(claims("ann"), SECRET.repeat(2), JWSAlgorithm.HS512, "JWT")));
    }

    private static Arguments bad(String name, String token) {
        return Arguments.of(Named.of("a token " + name, token));
    }

    private static String changed(String token) {
        int dot = token.indexOf('.');
        return token.substring(0, dot + 2) + (token.charAt(dot + 2) == 'x' ? 'y' : 'x') + token.substring(dot + 3);
    }

    @ParameterizedTest
    @MethodSource("badTokens")
    default void nobodyGetsInWithABadToken(String token) {
        try (Person eve = Person.at(chat())) {
            assertThat(eve.isRefused("hello", Map.of("token", token))).isEqualTo("unauthorized");
            assertThat(eve.isClosed()).isEqualTo(4401);
        }
    }

    /** What was sent behind a bad token is not handled as a guest's. */
    @Test
    default void whoHasShownABadTokenIsNoGuest() {
        String room = "room-" + UUID.randomUUID();
        try (Person eve = Person.at(chat());
                Person ann = Person.at(chat(), Map.of("name", "ann"))) {
            eve.line()
                    .send("[{\"type\":\"hello\",\"token\":\"x\"},{\"type\":\"join\",\"room\":\"" + room
                            + "\"},{\"type\":\"say\",\"room\":\"" + room + "\",\"text\":\"I was here\"}]");
            assertThat(eve.isClosed()).isEqualTo(4401);

            assertThat(ann.joins(room).getInt("seq")).isZero();
        }
    }

    @Test
    default void theConnectionEndsWithTheToken() throws Exception {
        String token =
                signed(claims("ann").expirationTime(Date.from(Instant.now().plusSeconds(2))));
        try (Person ann = Person.at(chat(), Map.of("token", token))) {
            JsonObject bye = ann.awaits("bye");

            assertThat(bye.getInt("code")).isEqualTo(4401);
            assertThat(bye.getJsonObject("signIn").getBoolean("token")).isTrue();
            assertThat(ann.isClosed()).isEqualTo(4401);
        }
    }

    @Test
    default void aNewTokenOfTheSameUserKeepsTheConnectionAndAnothersDoesNot() throws Exception {
        String id = UUID.randomUUID().toString();
        String room = "room-" + id;
        String brief = signed(claims(id).expirationTime(Date.from(Instant.now().plusSeconds(3))));
        try (Person ann = Person.at(chat(), Map.of("token", brief));
                Person bob = Person.at(chat(), Map.of("token", brief))) {
            ann.joins(room);
            JsonObject again = ann.asks("hello", Map.of("token", signed(claims(id))));
            assertThat(again.getString("type")).isEqualTo("welcome");
            assertThat(again.getString("user")).isEqualTo(ann.name());
            assertThat(again.getInt("expires")).isGreaterThan(60_000);
            assertThat(bob.isRefused("hello", Map.of("token", signed(claims("another")))))
                    .isEqualTo("unauthorized");
            assertThat(bob.isRefused("hello", Map.of("token", "bad"))).isEqualTo("unauthorized");

            // Bob's first token has ended: Ann's has too, and she is still there.
            assertThat(bob.isClosed()).isEqualTo(4401);
            assertThat(ann.says(room, "I am here").getString("type")).isEqualTo("said");
        }
    }

    @Test
    default void aClientRenewsItsTokenBeforeItEnds() {
        String id = UUID.randomUUID().toString();
        AtomicInteger gotten = new AtomicInteger();
        AtomicInteger breaks = new AtomicInteger();
        ClientOptions options = ClientOptions.defaults()
                .withTokens(() -> {
                    gotten.incrementAndGet();
                    return brief(id, 3);
                })
                .withListener(new ChatListener() {
                    @Override
                    public void disconnected(Closed how, Duration pause) {
                        breaks.incrementAndGet();
                    }
                });
        try (ChatClient ann = ChatClient.connect(chat(), options)) {
            ServerMessage.Welcome first = ann.welcome();
            await().atMost(Duration.ofSeconds(30)).until(() -> gotten.get() >= 5);
            assertThat(breaks).hasValue(0);
            assertThat(ann.welcome()).isNotSameAs(first);
        }
    }

    /** An issuer that says "for ever". */
    @Test
    default void aTokenMayEndInAVeryLongTime() {
        String id = UUID.randomUUID().toString();
        ClientOptions options =
                ClientOptions.defaults().withTokens(() -> until(id, Instant.ofEpochSecond(253_402_300_799L)));
        try (ChatClient ann = ChatClient.connect(chat(), options)) {
            assertThat(ann.welcome().expires())
                    .isGreaterThan(Duration.ofDays(365_000).toMillis());
        }
    }

    /** Else the server would take it for a guest. */
    @Test
    default void aClientThatIsGivenNoTokenDoesNotConnect() {
        ClientOptions options = ClientOptions.defaults().withTokens(() -> null);
        assertThatThrownBy(() -> ChatClient.connect(chat(), options))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining("the application gave no token");
    }

    /** Its client is on its way back, and nobody else is to be taken for it meanwhile. */
    @Test
    default void theNameOfAUserWhoseTokenHasEndedIsHeld() {
        String id = UUID.randomUUID().toString();
        Person ann = Person.at(chat(), Map.of("token", brief(id, 2)));
        assertThat(ann.isClosed()).isEqualTo(4401);

        Person eve = Person.at(chat(), Map.of("name", ann.name()));
        Person again = Person.at(chat(), Map.of("token", brief(id, 60)));
        assertThat(eve.name()).isNotEqualTo(ann.name());
        assertThat(again.name()).isEqualTo(ann.name());
    }

    @Test
    default void aClientWhoseTokenHasEndedComesBackWithANewOne() {
        String id = UUID.randomUUID().toString();
        AtomicInteger gotten = new AtomicInteger();
        AtomicReference<Closed> ended = new AtomicReference<>();
        ClientOptions options = ClientOptions.defaults()
                .withTokens(() -> switch (gotten.incrementAndGet()) {
                    case 1 -> brief(id, 2);
                    case 2 -> throw new IllegalStateException("the issuer is not there");
                    default -> brief(id, 3_600);
                })
                .withListener(new ChatListener() {
                    @Override
                    public void disconnected(Closed how, Duration pause) {
                        ended.compareAndSet(null, how);
                    }
                });
        try (ChatClient ann = ChatClient.connect(chat(), options)) {
            UserName name = ann.welcome().user();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> ended.get() != null && ann.welcome().expires() > 1_000_000);
            assertThat(ended.get().code()).isEqualTo(4401);
            assertThat(ann.welcome().user()).isEqualTo(name);
        }
    }

    private static String brief(String id, int seconds) {
        return until(id, Instant.now().plusSeconds(seconds));
    }

    private static String until(String id, Instant end) {
        try {
            return signed(claims(id).expirationTime(Date.from(end)));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet.Builder claims(String subject) {
        return new JWTClaimsSet.Builder()
                .subject(subject)
                .audience(AUDIENCE)
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))));
    }

    private static String signed(JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(claims, SECRET);
    }

    private static String signed(JWTClaimsSet.Builder claims, String secret) throws JOSEException {
        return signed(claims, secret, JWSAlgorithm.HS256, "JWT");
    }

    private static String signed(JWTClaimsSet.Builder claims, String secret, JWSAlgorithm algorithm, String type)
            throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm).type(new JOSEObjectType(type)).build(), claims.build());
        token.sign(new MACSigner(secret.getBytes(StandardCharsets.UTF_8)));
        return token.serialize();
    }
}
