package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import dev.parley.testing.ServerProcess;
import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one guest, or one address, may take of the server: bytes to store, bytes to read, and places. */
@Timeout(60)
class QuotaStandaloneIT {
    /** Of these, a quota holds two: it is never less than two of the largest messages. */
    private static final byte[] LARGE = new byte[1_000_000];

    private static final Map<String, String> FEW_BYTES = Map.of("parley.rate.bytes", "1024");

    @Test
    void aGuestWhoHasSentItsShareIsToldSoAndComingBackDoesNotHelp() {
        try (ServerProcess server = ServerProcess.start(FEW_BYTES)) {
            Person ann = Person.at(server.chat(), Map.of());
            ann.joins("garden");
            assertThat(send(ann)).isEqualTo("said");
            assertThat(send(ann)).isEqualTo("said");
            assertThat(send(ann)).isEqualTo("tooFast");
            assertThat(ann.says("a text has room still").getString("type")).isEqualTo("said");

            Person again = Person.at(server.chat(), Map.of("session", ann.session()));
            again.joins("garden");
            assertThat(again.name()).isEqualTo(ann.name());
            assertThat(send(again)).isEqualTo("tooFast");
        }
    }

    @Test
    void manyGuestsOfOneAddressShareItsQuota() {
        try (ServerProcess server = ServerProcess.start(FEW_BYTES)) {
            String last = "said";
            int sent = 0;
            while (last.equals("said")) {
                Person guest = Person.at(server.chat(), Map.of());
                guest.joins("garden");
                for (int i = 0; i < 2 && last.equals("said"); i++, sent++) {
                    last = send(guest);
                }
            }
            assertThat(last).isEqualTo("tooFast");
            // 300 s of 16 KiB each are 4.9 MB.
            assertThat(sent).isBetween(4, 6);
        }
    }

    @Test
    void whoAsksForMuchAgainAndAgainIsToldToSlowDown() {
        try (ServerProcess server = ServerProcess.start(FEW_BYTES)) {
            Person ann = Person.at(server.chat(), Map.of());
            ann.joins("garden");
            send(ann);
            assertThat(ann.asksForHistory("garden", Map.of()).getString("type")).isEqualTo("history");
            assertThat(ann.asksForHistory("garden", Map.of()).getString("type")).isEqualTo("history");
            assertThat(ann.isRefused("history", Map.of("room", "garden"))).isEqualTo("tooFast");
            assertThat(ann.isRefused("join", Map.of("room", "garden"))).isEqualTo("tooFast");
            assertThat(ann.says("who asked too much may talk").getString("type"))
                    .isEqualTo("said");
        }
    }

    @Test
    void whileFewPlacesAreLeftThoseWhoSayNothingGoFirst() {
        Map<String, String> settings = Map.of("parley.connections.address", "5", "parley.heartbeat", "2000");
        try (ServerProcess server = ServerProcess.start(settings);
                RawClient first = RawClient.open(server.chat());
                RawClient second = RawClient.open(server.chat())) {
            Person ann = Person.at(server.chat(), Map.of());
            assertThat(first.awaitClose()).isEqualTo(1013);
            assertThat(second.awaitClose()).isEqualTo(1013);
            ann.joins("garden");
            assertThat(ann.says("still here").getString("type")).isEqualTo("said");
        }
    }

    @Test
    void behindATrustedProxyEachClientHasItsOwnAddress() {
        Map<String, String> settings = Map.of("parley.connections.address", "1", "parley.proxies", "127.0.0.0/8");
        try (ServerProcess server = ServerProcess.start(settings)) {
            Person ann = Person.on(RawClient.open(server.chat(), "X-Forwarded-For: 192.0.2.1"), Map.of());
            Person bob = Person.on(RawClient.open(server.chat(), "Forwarded: for=192.0.2.2"), Map.of());
            try (RawClient liar = RawClient.ask(server.chat(), "X-Forwarded-For: 192.0.2.3, 192.0.2.1")) {
                assertThat(liar.status()).isEqualTo(429);
            }
            assertThat(ann.joins("garden").getString("type")).isEqualTo("joined");
            assertThat(bob.joins("garden").getString("type")).isEqualTo("joined");
        }
    }

    private static String send(Person person) {
        JsonObject reply = person.saysBytes(LARGE, Map.of("room", "garden", "media", "application/x-any"));
        return reply.getString("type").equals("error") ? reply.getString("code") : reply.getString("type");
    }
}
