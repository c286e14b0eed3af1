package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Requests and the replies to them. */
interface RequestConformance extends Place {
    @Test
    default void theReplyBearsTheRequestsNumberOrText() {
        Person ann = person("ann");
        String room = room();
        JsonObject joined = ann.joins(room, Map.of("ref", 4711));
        JsonObject left = ann.asks("leave", Map.of("room", room, "ref", "my text"));
        assertThat(joined.get("ref")).isEqualTo(Json.createValue(4711));
        assertThat(joined.getString("room")).isEqualTo(room);
        assertThat(left.get("ref")).isEqualTo(Json.createValue("my text"));
        assertThat(left.getString("type")).isEqualTo("left");
    }

    @Test
    default void saidTellsWhereAndWhenTheMessageIsInTheLog() {
        String room = room();
        Person ann = person("ann", room);
        Instant before = Instant.now().minusSeconds(60);
        JsonObject said = ann.says(room, "my-id", "hi");
        assertThat(said.getString("type")).isEqualTo("said");
        assertThat(said.getString("room")).isEqualTo(room);
        assertThat(Messages.seq(said)).isEqualTo(1);
        assertThat(said.getString("id")).isEqualTo("my-id");
        assertThat(said.getString("at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(Instant.parse(said.getString("at"))).isAfter(before);
    }

    @Test
    default void theSameIdOfTheSameUserIsOneEntry() {
        String room = room();
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        JsonObject first = ann.says(room, "m-1", "once");
        JsonObject second = ann.says(room, "m-1", "once");
        assertThat(second.getJsonNumber("seq")).isEqualTo(first.getJsonNumber("seq"));
        assertThat(second.getString("at")).isEqualTo(first.getString("at"));
        ann.says("the end");
        assertThat(Messages.texts(bob.hearsUntil("the end", room))).containsExactly("once", "the end");
    }

    @Test
    default void theSameIdOfAnotherUserOrInAnotherRoomIsAnotherEntry() {
        String room = room();
        String other = room();
        Person ann = person("ann", room);
        Person bob = person("bob", room);
        ann.joins(other);
        assertThat(Messages.seq(ann.says(room, "m-1", "ann's"))).isEqualTo(1);
        assertThat(Messages.seq(bob.says(room, "m-1", "bob's"))).isEqualTo(2);
        assertThat(Messages.seq(ann.says(other, "m-1", "elsewhere"))).isEqualTo(1);
    }

    @Test
    default void joiningBringsTheNewestFiftyEntriesUnlessItSaysHowMany() {
        String room = room();
        Person ann = person("ann", room);
        for (int i = 1; i <= 60; i++) {
            ann.says("number " + i);
        }
        Person bob = person("bob");
        JsonObject joined = bob.joins(room);
        assertThat(Messages.seqs(Messages.entries(joined)))
                .hasSize(50)
                .startsWith(11L)
                .endsWith(60L)
                .isSorted();
        assertThat(Messages.seq(joined)).isEqualTo(60);
        assertThat(Messages.entries(person("cid").joins(room, Map.of("limit", 0))))
                .isEmpty();
        assertThat(Messages.seqs(Messages.entries(person("dee").joins(room, Map.of("limit", 2)))))
                .containsExactly(59L, 60L);
    }

    @Test
    default void historyIsReadInPagesInBothDirections() {
        String room = room();
        Person ann = person("ann", room);
        for (int i = 1; i <= 10; i++) {
            ann.says("number " + i);
        }
        assertPage(ann.asksForHistory(room, Map.of("before", 6, "limit", 3)), true, 3, 4, 5);
        assertPage(ann.asksForHistory(room, Map.of("before", 3, "limit", 3)), false, 1, 2);
        assertPage(ann.asksForHistory(room, Map.of("after", 6, "limit", 3)), true, 7, 8, 9);
        assertPage(ann.asksForHistory(room, Map.of("after", 7, "limit", 3)), false, 8, 9, 10);
        assertPage(ann.asksForHistory(room, Map.of("limit", 2)), true, 9, 10);
        assertPage(ann.asksForHistory(room, Map.of("after", 10)), false);
        assertPage(ann.asksForHistory(room, Map.of()), false, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    default void aPageOfHistoryHasWhatTheEntriesHad() {
        String room = room();
        Person ann = person("ann", room);
        ann.says(room, "m-1", "Zażółć \u0001 \"gęślą\" \uD83D\uDE00 \\ \u2028 jaźń");
        JsonObject heard = ann.hears(1, room).get(0);
        JsonObject read = Messages.entries(ann.asksForHistory(room, Map.of())).get(0);
        assertThat(heard.getString("text")).isEqualTo("Zażółć \u0001 \"gęślą\" \uD83D\uDE00 \\ \u2028 jaźń");
        for (String field : List.of("seq", "id", "from", "at", "text")) {
            assertThat(read.get(field)).as(field).isEqualTo(heard.get(field));
        }
    }

    @Test
    default void wrongRequestsAreRefusedWithTheirReferenceAndTheConnectionGoesOn() {
        Person ann = person("ann");
        String room = room();
        assertThat(ann.isRefused("dance", Map.of())).isEqualTo("unknownType");
        assertThat(ann.isRefused("join", Map.of())).isEqualTo("badRequest");
        assertThat(ann.isRefused("join", Map.of("room", ""))).isEqualTo("badRequest");
        assertThat(ann.isRefused("join", Map.of("room", "no spaces"))).isEqualTo("badRequest");
        assertThat(ann.isRefused("join", Map.of("room", 7))).isEqualTo("badRequest");
        assertThat(ann.isRefused("join", Map.of("room", "x".repeat(65)))).isEqualTo("badRequest");
        assertThat(ann.isRefused("join", Map.of("room", room, "limit", 201))).isEqualTo("badRequest");
        assertThat(ann.isRefused("say", Map.of("room", room, "text", "not a member")))
                .isEqualTo("notMember");
        ann.joins(room);
        assertThat(ann.isRefused("say", Map.of("room", room))).isEqualTo("badRequest");
        assertThat(ann.isRefused("say", Map.of("text", ""))).isEqualTo("badRequest");
        assertThat(ann.isRefused("say", Map.of("text", "x", "id", "x".repeat(65))))
                .isEqualTo("badRequest");
        assertThat(ann.isRefused("history", Map.of("room", room, "limit", 0))).isEqualTo("badRequest");
        assertThat(ann.isRefused("history", Map.of("room", room, "before", 1, "after", 1)))
                .isEqualTo("badRequest");
        assertThat(ann.isRefused("read", Map.of("room", room))).isEqualTo("badRequest");
        assertThat(Messages.seq(ann.says("nothing of that was stored"))).isEqualTo(1);
    }

    @Test
    default void unknownFieldsAreIgnored() {
        String room = room();
        Person ann = person("ann");
        JsonObject joined = ann.joins(room, Map.of("colour", List.of(Map.of("type", "leave"), 1, true)));
        assertThat(joined.getString("room")).isEqualTo(room);
    }

    @Test
    default void aBatchIsHandledInOrderAndABadPartOfItSpoilsNothing() {
        String room = room();
        Person ann = person("ann", room);
        ann.line()
                .send(
                        "[{'type':'say','text':'one','ref':'a'},{'type':'dance','ref':'b'},7,{'type':'say','text':'two','ref':'c'}]"
                                .replace('\'', '"'));
        assertThat(Messages.seq(replyTo(ann, "a"))).isEqualTo(1);
        assertThat(replyTo(ann, "b").getString("code")).isEqualTo("unknownType");
        assertThat(Messages.seq(replyTo(ann, "c"))).isEqualTo(2);
        assertThat(Messages.texts(ann.hears(2, room))).containsExactly("one", "two");
    }

    @Test
    default void aBatchCanJoinARoomAndSaySomethingThere() {
        String room = room();
        Person ann = person("ann");
        ann.line()
                .send("[{'type':'join','room':'%s','ref':'a'},{'type':'say','text':'here I am','ref':'b'}]"
                        .replace('\'', '"')
                        .formatted(room));
        assertThat(replyTo(ann, "a").getString("type")).isEqualTo("joined");
        assertThat(replyTo(ann, "b").getString("room")).isEqualTo(room);
    }

    @Test
    default void historyBehindWhatIsSaidInTheSameFrameHasIt() {
        String room = room();
        Person ann = person("ann", room);
        for (int i = 1; i <= 20; i++) {
            ann.line()
                    .send(
                            "[{'type':'say','text':'number %d','ref':'s%d'},{'type':'history','room':'%s','limit':1,'ref':'h%d'}]"
                                    .replace('\'', '"')
                                    .formatted(i, i, room, i));
            assertThat(Messages.texts(Messages.entries(replyTo(ann, "h" + i)))).containsExactly("number " + i);
        }
    }

    @Test
    default void whoSaysSomethingAndLeavesInOneFrameIsAnsweredInThatOrder() {
        String room = room();
        Person ann = person("ann", room);
        ann.line()
                .send("[{'type':'say','text':'good-bye','ref':'a'},{'type':'leave','room':'%s','ref':'b'}]"
                        .replace('\'', '"')
                        .formatted(room));
        JsonObject first =
                ann.awaits("the first reply", message -> List.of("a", "b").contains(message.getString("ref", "")));
        assertThat(first.getString("type")).isEqualTo("said");
        assertThat(replyTo(ann, "b").getString("type")).isEqualTo("left");
    }

    @Test
    default void aFrameThatJoinsTalksReadsAndLeavesIsAnsweredInItsOrder() {
        String room = room();
        Person ann = person("ann");
        ann.line()
                .send(("[{'type':'join','room':'%1$s','ref':'a'},{'type':'say','text':'hi','ref':'b'},"
                                + "{'type':'history','room':'%1$s','ref':'c'},{'type':'leave','room':'%1$s','ref':'d'},"
                                + "{'type':'say','room':'%1$s','text':'too late','ref':'e'}]")
                        .replace('\'', '"')
                        .formatted(room));
        assertThat(List.of("a", "b", "c", "d", "e")).allSatisfy(ref -> replyTo(ann, ref));
        assertThat(Messages.texts(Messages.entries(ann.asksForHistory(room, Map.of()))))
                .containsExactly("hi");
    }

    private static JsonObject replyTo(Person person, String ref) {
        return person.awaits("the reply to " + ref, message -> ref.equals(message.getString("ref", "")));
    }

    private static void assertPage(JsonObject page, boolean more, long... seqs) {
        assertThat(page.getString("type")).isEqualTo("history");
        assertThat(Messages.seqs(Messages.entries(page)).stream().mapToLong(Long::longValue))
                .containsExactly(Arrays.stream(seqs).boxed().toArray(Long[]::new));
        assertThat(page.getBoolean("more")).isEqualTo(more);
    }
}
