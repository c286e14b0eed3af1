package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Frame;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Attachments apart from the entries, and their bytes when they are fetched. */
interface FetchConformance extends Place {
    private Person fetcher(String name) {
        return person(Map.of("name", unique(name), "attachments", "apart"));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static void assertIsReference(JsonObject entry, int size) {
        assertThat(entry.getString("media")).isEqualTo("image/png");
        assertThat(entry.getString("name")).isEqualTo("a.png");
        assertThat(entry.getInt("size")).isEqualTo(size);
        assertThat(entry).doesNotContainKeys("data", "text", "binary");
    }

    private static JsonObject fetches(Person person, String room, long seq, Map<String, ?> more) {
        return person.asks("fetch", Messages.with(Messages.with(more, "room", room), "seq", seq));
    }

    private static byte[] data(JsonObject fetched) {
        assertThat(fetched.getString("type")).isEqualTo("fetched");
        return Base64.getDecoder().decode(fetched.getString("data"));
    }

    @Test
    default void entriesComeWithoutBytesLiveOnPagesAndWhenOneCatchesUp() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = fetcher("bob");
        String epoch = bob.joins(room).getString("epoch");
        ann.saysBytes(bytes(5_000), Map.of("room", room, "media", "image/png", "name", "a.png"));
        assertIsReference(bob.hears(1, room).get(0), 5_000);
        JsonObject heard = ann.hears(1, room).get(0);
        assertThat(heard).containsKeys("binary", "data").doesNotContainKey("size");
        assertIsReference(Messages.entries(bob.asksForHistory(room, Map.of())).get(0), 5_000);
        assertIsReference(Messages.entries(fetcher("cid").joins(room)).get(0), 5_000);
        assertIsReference(
                Messages.entries(fetcher("dan").resumes(room, 0, epoch)).get(0), 5_000);
        // The others get what they always got.
        JsonObject whole = Messages.entries(person("eve").joins(room)).get(0);
        assertThat(whole.getString("data")).isEqualTo(Base64.getEncoder().encodeToString(bytes(5_000)));
        assertThat(whole).doesNotContainKey("size");
        assertThat(data(fetches(bob, room, 1, Map.of()))).isEqualTo(bytes(5_000));
        // Whoever has left, or never was there, reads as with history.
        bob.leaves(room);
        assertThat(data(fetches(bob, room, 1, Map.of()))).isEqualTo(bytes(5_000));
        // Also one that has said nothing about it.
        assertThat(data(fetches(ann, room, 1, Map.of()))).isEqualTo(bytes(5_000));
    }

    @Test
    default void manyPicturesAreOneSmallPage() {
        String room = room();
        Person ann = person("ann", room);
        for (int i = 0; i < 60; i++) {
            ann.saysBytes(bytes(20_000), Map.of("room", room, "media", "image/png", "name", "a.png"));
        }
        List<JsonObject> page = Messages.entries(fetcher("bob").asksForHistory(room, Map.of("limit", 200)));
        assertThat(page).hasSize(60).allSatisfy(entry -> assertIsReference(entry, 20_000));
        assertThat(Messages.entries(person("cid").asksForHistory(room, Map.of("limit", 200))))
                .hasSizeLessThan(60);
    }

    @Test
    default void aPartIsFetchedAndNothingIsBeyondTheEnd() {
        String room = room();
        Person ann = person("ann", room);
        byte[] content = bytes(1_000);
        ann.saysBytes(content, Map.of("room", room, "media", "image/png", "name", "a.png"));
        JsonObject part = fetches(ann, room, 1, Map.of("offset", 100, "length", 50));
        assertThat(data(part)).isEqualTo(Arrays.copyOfRange(content, 100, 150));
        assertThat(part.getInt("size")).isEqualTo(1_000);
        assertThat(part.getInt("offset")).isEqualTo(100);
        assertThat(part.getString("room")).isEqualTo(room);
        assertThat(part.getInt("seq")).isEqualTo(1);
        assertThat(data(fetches(ann, room, 1, Map.of("offset", 990, "length", 50))))
                .isEqualTo(Arrays.copyOfRange(content, 990, 1_000));
        assertThat(data(fetches(ann, room, 1, Map.of("offset", 1_000)))).isEmpty();
        assertThat(data(fetches(
                        ann, room, 1, Map.of("offset", 999_999_999_999_999_999L, "length", 999_999_999_999_999_999L))))
                .isEmpty();
        assertThat(data(fetches(ann, room, 1, Map.of("length", 999_999_999_999_999_999L))))
                .isEqualTo(content);
        for (Map<String, ?> wrong : List.of(
                Map.of("room", room, "seq", 1, "offset", -1),
                Map.of("room", room, "seq", 1, "length", 0),
                Map.of("room", room, "seq", 0),
                Map.of("room", room),
                Map.of("seq", 1))) {
            assertThat(ann.isRefused("fetch", wrong)).isEqualTo("badRequest");
        }
    }

    @Test
    default void whatIsNoAttachmentIsNotFound() {
        String room = room();
        String other = room();
        Person ann = person("ann", room);
        ann.says("a text");
        ann.joins(other);
        ann.saysBytes(bytes(10), Map.of("room", other, "media", "image/png"));
        ann.saysBytes(bytes(10), Map.of("room", other, "media", "image/png"));
        assertThat(ann.isRefused("fetch", Map.of("room", room, "seq", 1))).isEqualTo("notFound");
        assertThat(ann.isRefused("fetch", Map.of("room", room, "seq", 2))).isEqualTo("notFound");
        assertThat(ann.isRefused("fetch", Map.of("room", room(), "seq", 1))).isEqualTo("notFound");
        assertThat(data(fetches(ann, other, 2, Map.of()))).isEqualTo(bytes(10));
    }

    @Test
    default void anEmptyAttachmentIsFetchedToo() {
        String room = room();
        Person ann = person("ann", room);
        ann.saysBytes(new byte[0], Map.of("room", room, "media", "image/png"));
        JsonObject fetched = fetches(ann, room, 1, Map.of());
        assertThat(data(fetched)).isEmpty();
        assertThat(fetched.getInt("size")).isZero();
    }

    /** Most are rejected, and the connection ends in the end if they come at once; nobody else has to wait for them. */
    @Test
    default void whoAsksTenThousandTimesIsRejectedAndTheOthersAreNotHeldUp() {
        String room = room();
        Person ann = person("ann", room);
        ann.saysBytes(bytes(20_000), Map.of("room", room, "media", "image/png"));
        Person greedy = person("greedy");
        byte[] fetch = Frame.text("{\"type\":\"fetch\",\"ref\":1,\"room\":\"" + room + "\",\"seq\":1}")
                .masked();
        greedy.line().flood(fetch, 10_000L * fetch.length, RawClient.PATIENCE);
        greedy.awaitsUnlessClosed("a rejection", message -> Messages.is(message, "error"))
                .ifPresent(error -> assertThat(error.getString("code")).isEqualTo("tooFast"));
        assertThat(data(fetches(ann, room, 1, Map.of("length", 10)))).hasSize(10);
    }

    /** Each answer is as large as the queue of the one who reads nothing: one is read after the other, and only as it is received. */
    @Test
    default void whoReadsNothingHoldsUpNobody() {
        String room = room();
        Person ann = person("ann", room);
        ann.saysBytes(bytes(1_000_000), Map.of("room", room, "media", "image/png"));
        byte[] fetch = Frame.text("{\"type\":\"fetch\",\"ref\":1,\"room\":\"" + room + "\",\"seq\":1}")
                .masked();
        try (RawClient deaf = RawClient.openUnread(chat())) {
            deaf.flood(fetch, 100L * fetch.length, RawClient.PATIENCE);
            assertThat(data(fetches(ann, room, 1, Map.of("length", 10)))).hasSize(10);
        }
        assertThat(Messages.seq(ann.says("not held up"))).isEqualTo(2);
    }
}
