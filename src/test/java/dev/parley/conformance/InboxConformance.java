package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.client.ChatClient;
import dev.parley.client.ChatListener;
import dev.parley.client.ClientOptions;
import dev.parley.identity.jwt.Mint;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the application sends to one signed-in user, by the bean {@link Postman}. A policy allows nothing to anybody. */
@Timeout(120)
interface InboxConformance {
    URI chat();

    private static String id(String name) {
        return name + "-" + UUID.randomUUID() + "@example.com";
    }

    private static String token(String id) {
        return new Mint(DirectRoomConformance.SECRET, null, null).token(id, id, Duration.ofMinutes(5), Map.of());
    }

    /** Another device of the same user, if the id is the same. */
    private Person user(String id) {
        return Person.at(chat(), Map.of("token", token(id)));
    }

    private Person sender() {
        Person sender = user(id("sender"));
        sender.joins("@" + Postman.ID);
        return sender;
    }

    private static void asks(Person sender, String verb, String id, String text) {
        sender.says("@" + Postman.ID, verb + " " + id + " " + text);
    }

    @Test
    default void eachDeviceGetsItAndOneThatWasAwayGetsItOnReturn() {
        String annsId = id("ann");
        try (Person sender = sender();
                Person desk = user(annsId);
                Person phone = user(annsId);
                Person tablet = user(annsId)) {
            JsonObject joined = desk.joins("@");
            assertThat(joined.getString("room")).isEqualTo("@");
            assertThat(joined.getInt("seq")).isZero();
            assertThat(joined.getJsonArray("may")).isEmpty();
            assertThat(joined.getJsonArray("members").getValuesAs(JsonString::getString))
                    .containsExactly(desk.name());
            String epoch = phone.joins("@").getString("epoch");
            asks(sender, "send", annsId, "one");

            for (Person device : List.of(desk, phone)) {
                JsonObject heard = device.hears("one");
                assertThat(heard.getString("room")).isEqualTo("@");
                assertThat(heard.getString("from")).isEqualTo(Postman.NAME);
                assertThat(heard.getJsonObject("caller").getString("kind")).isEqualTo("application");
                assertThat(Messages.seq(heard)).isEqualTo(1);
            }
            JsonObject hint = tablet.awaits("inbox");
            assertThat(hint.getString("from")).isEqualTo(Postman.NAME);
            assertThat(hint.getJsonObject("caller").getString("kind")).isEqualTo("application");
            assertThat(Messages.seq(hint)).isEqualTo(1);

            phone.vanishes();
            asks(sender, "once", annsId, "two");
            asks(sender, "once", annsId, "twice");
            asks(sender, "data", annsId, "{\"text\":\"On its way\"}");
            desk.hears("two");
            assertThat(desk.awaits("entry").getJsonObject("data").getString("text"))
                    .isEqualTo("On its way");
            try (Person again = user(annsId);
                    Person other = user(annsId)) {
                JsonObject back = again.resumes("@", 1, epoch);
                assertThat(back.getBoolean("recovered")).isTrue();
                assertThat(Messages.seqs(Messages.entries(back))).containsExactly(2L, 3L);
                assertThat(Messages.seq(other.awaits("inbox"))).isEqualTo(3);

                again.sends("read", Map.of("room", "@", "seq", 3));
                JsonObject read = desk.awaits("read");
                assertThat(read.getString("room")).isEqualTo("@");
                assertThat(read.getString("user")).isEqualTo(desk.name());
                assertThat(Messages.seq(read)).isEqualTo(3);
            }
            try (Person later = user(annsId)) {
                // What is unread is sent before this answer.
                later.asksForHistory("@", Map.of());
                assertThat(later.hasHeard()).noneMatch(message -> Messages.is(message, "inbox"));
            }
        }
    }

    @Test
    default void aUserThatNeverCameGetsItWhenItComes() {
        String annsId = id("ann");
        try (Person sender = sender()) {
            asks(sender, "send", annsId, "welcome");
            try (Person ann = user(annsId)) {
                assertThat(Messages.seq(ann.awaits("inbox"))).isEqualTo(1);
                assertThat(Messages.texts(Messages.entries(ann.joins("@")))).containsExactly("welcome");
            }
        }
    }

    @Test
    default void nobodyElseJoinsReadsOrSaysByAnyName() {
        String annsId = id("ann");
        try (Person sender = sender();
                Person ann = user(annsId);
                Person bob = user(id("bob"));
                Person guest = Person.at(
                        chat(),
                        Map.of("name", "g-" + UUID.randomUUID().toString().substring(0, 8)))) {
            ann.joins("@");
            assertThat(bob.joins("@").getInt("seq")).isZero();
            asks(sender, "send", annsId, "for ann");
            ann.hears("for ann");

            for (String room : List.of("@" + annsId, "@ " + annsId, "@@", "@@" + annsId)) {
                assertThat(bob.joins(room).getInt("seq")).as(room).isZero();
                assertThat(Messages.entries(bob.asksForHistory(room, Map.of()))).isEmpty();
            }
            List<String> wrong = List.of("@\u001F" + annsId, "\u001F" + annsId, "@\u001F", "@" + annsId + "\u001F");
            for (Person other : List.of(bob, guest)) {
                for (String room : wrong) {
                    assertThat(other.isRefused("join", Map.of("room", room))).isEqualTo("badRequest");
                    assertThat(other.isRefused("history", Map.of("room", room))).isEqualTo("badRequest");
                    assertThat(other.isRefused("say", Map.of("room", room, "text", "hi")))
                            .isEqualTo("badRequest");
                }
            }
            assertThat(guest.isRefused("join", Map.of("room", "@"))).isEqualTo("forbidden");
            assertThat(guest.isRefused("history", Map.of("room", "@"))).isEqualTo("forbidden");
            assertThat(guest.isRefused("say", Map.of("room", "@", "text", "hi")))
                    .isEqualTo("forbidden");
            for (Person other : List.of(bob, guest, sender)) {
                other.awaitsBeat();
                assertThat(other.hasHeard())
                        .noneMatch(message -> message.toString().contains("\"text\":\"for ann"));
                assertThat(other.hasHeard()).noneMatch(message -> Messages.is(message, "inbox"));
            }
            assertThat(Messages.entries(bob.asksForHistory("@", Map.of()))).isEmpty();
            assertThat(Messages.texts(Messages.entries(ann.asksForHistory("@", Map.of()))))
                    .containsExactly("for ann");
        }
    }

    @Test
    default void itsUserOnlyReadsIt() {
        String annsId = id("ann");
        try (Person ann = user(annsId);
                Person phone = user(annsId)) {
            ann.joins("@");
            phone.joins("@");
            JsonObject refusal = ann.answerTo("say", Map.of("room", "@", "text", "to myself"));
            assertThat(refusal.getString("code")).isEqualTo("forbidden");
            assertThat(refusal.getString("message")).contains("only the application");
            assertThat(ann.saysBytes(new byte[] {1}, Map.of("room", "@", "media", "image/png"))
                            .getString("code"))
                    .isEqualTo("forbidden");
            assertThat(ann.isRefused("moderate", Map.of("room", "@", "action", "erase", "seq", 1)))
                    .isEqualTo("forbidden");
            ann.sends("signal", Map.of("room", "@", "text", "x"));
            ann.sends("typing", Map.of("room", "@"));
            ann.line().send("a plain line");
            assertThat(ann.awaits("error").getString("code")).isEqualTo("forbidden");
            phone.awaitsBeat();
            assertThat(phone.hasHeard())
                    .noneMatch(message -> Messages.is(message, "signal") || Messages.is(message, "typing"));
            assertThat(Messages.entries(phone.asksForHistory("@", Map.of()))).isEmpty();
        }
    }

    @Test
    default void itsConnectionsAreCountedSignalledErasedAndClosed() {
        String annsId = id("ann");
        try (Person sender = sender();
                Person desk = user(annsId);
                Person phone = user(annsId)) {
            desk.joins("@");
            phone.joins("@");
            asks(sender, "count", annsId, "devices");
            desk.hears("devices 2");
            phone.hears("devices 2");
            asks(sender, "signal", annsId, "a hint");
            for (Person device : List.of(desk, phone)) {
                JsonObject signal = device.awaits("signal");
                assertThat(signal.getString("room")).isEqualTo("@");
                assertThat(signal.getString("text")).isEqualTo("a hint");
                assertThat(signal.getString("from")).isEqualTo(Postman.NAME);
            }
            asks(sender, "erase", annsId, "erased");
            JsonObject erased = desk.awaits("erased");
            assertThat(erased.getString("room")).isEqualTo("@");
            assertThat(Messages.seq(erased)).isEqualTo(1);
            desk.hears("erased 1");
            List<JsonObject> entries = Messages.entries(phone.asksForHistory("@", Map.of()));
            assertThat(entries.get(0).getBoolean("erased")).isTrue();
            assertThat(entries.toString()).doesNotContain("devices");

            asks(sender, "disconnect", annsId, "that is all");
            assertThat(desk.isClosed()).isEqualTo(4403);
            assertThat(phone.isClosed()).isEqualTo(4403);
        }
    }

    @Test
    default void theClientForJavaJoinsItByOneCall() throws Exception {
        String annsId = id("ann");
        List<ServerMessage.Invited> invited = new CopyOnWriteArrayList<>();
        List<String> texts = new CopyOnWriteArrayList<>();
        ClientOptions options = ClientOptions.defaults()
                .withTokens(() -> token(annsId))
                .withListener(new ChatListener() {
                    @Override
                    public void invited(ServerMessage.Invited to) {
                        invited.add(to);
                    }
                });
        try (Person sender = sender();
                ChatClient ann = ChatClient.connect(chat(), options)) {
            asks(sender, "send", annsId, "one");
            await().until(() -> !invited.isEmpty());
            assertThat(invited.get(0).room()).isEqualTo(RoomName.INBOX);
            String epoch = ann.inbox(entry -> texts.add(text(entry)))
                    .toCompletableFuture()
                    .get()
                    .epoch();
            asks(sender, "send", annsId, "two");
            await().until(() -> texts.equals(List.of("one", "two")));

            List<String> later = new CopyOnWriteArrayList<>();
            try (ChatClient again = ChatClient.connect(chat(), options)) {
                again.inbox(entry -> later.add(text(entry)), 1, epoch)
                        .toCompletableFuture()
                        .get();
                asks(sender, "send", annsId, "three");
                await().until(() -> later.equals(List.of("two", "three")));
            }
        }
        try (ChatClient guest = ChatClient.connect(chat(), ClientOptions.defaults())) {
            Assertions.assertThatThrownBy(
                            () -> guest.inbox(entry -> {}).toCompletableFuture().get())
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            ParleyException.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.FORBIDDEN));
        }
    }

    private static String text(Entry entry) {
        return ((Body.Text) entry.body()).value();
    }
}
