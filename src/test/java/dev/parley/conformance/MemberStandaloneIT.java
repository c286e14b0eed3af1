package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.client.ChatClient;
import dev.parley.client.ChatListener;
import dev.parley.client.ClientOptions;
import dev.parley.identity.jwt.Mint;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ModerationAction;
import dev.parley.message.Permission;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.Target;
import dev.parley.testing.Person;
import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rooms with members on the standalone server. */
class MemberStandaloneIT extends Guests implements MemberConformance {
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(settings());
    }

    private static Map<String, String> settings() {
        return Map.of(
                "parley.access", "members",
                "parley.heartbeat", "1000",
                "parley.rate", "500",
                "parley.jwt.secret", SECRET);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public URI chat() {
        return server.chat();
    }

    @Override
    public String server() {
        return "standalone";
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void theLogSaysWhoMayBeInRooms() {
        assertThat(server.log()).contains("in closed ones only their members (parley.access=members)");
    }

    @Test
    void theJavaClientMakesARoomAndInvites() throws Exception {
        RoomName room = new RoomName(room());
        String bobsId = id("bob");
        BlockingQueue<ServerMessage.Invited> invited = new LinkedBlockingQueue<>();
        ChatListener listener = new ChatListener() {
            @Override
            public void invited(ServerMessage.Invited invitation) {
                invited.add(invitation);
            }
        };
        try (ChatClient ann = client(id("ann"), ClientOptions.defaults());
                ChatClient bob = client(bobsId, ClientOptions.defaults().withListener(listener))) {
            Target target = Target.caller(new CallerId(Caller.Kind.USER, bobsId));
            get(ann.create(room, true));
            get(ann.moderate(room, ModerationAction.INVITE, target, null, false, null));
            assertThat(invited.poll(30, TimeUnit.SECONDS).room()).isEqualTo(room);
            get(bob.join(room));
            get(ann.appoint(room, target, Role.MODERATOR, null));
            assertThat(get(bob.join(room)).may()).contains(Permission.MODERATE);
            get(ann.close(room, false, null));
            get(ann.moderate(room, ModerationAction.DISMISS, target, null, false, null));
            assertThat(get(bob.join(room)).may()).doesNotContain(Permission.MODERATE);
        }
    }

    private ChatClient client(String id, ClientOptions options) {
        String token = new Mint(SECRET, null, null).token(id, id, Duration.ofMinutes(5), Map.of());
        return ChatClient.connect(chat(), options.withToken(token));
    }

    @Test
    void roomsAndTheirMembersOutliveARestart(@TempDir Path data) {
        Map<String, String> kept = new HashMap<>(settings());
        kept.put("parley.data", data.toString());
        Mint mint = new Mint(SECRET, null, null);
        Map<String, ?> ann = Map.of("token", mint.token("ann", "ann", Duration.ofMinutes(5)));
        Map<String, ?> bob = Map.of("token", mint.token("bob", "bob", Duration.ofMinutes(5)));
        Map<String, ?> cleo = Map.of("token", mint.token("cleo", "cleo", Duration.ofMinutes(5)));
        try (ServerProcess first = ServerProcess.start(kept);
                Person owner = Person.at(first.chat(), ann)) {
            MemberConformance.creates(owner, "cellar", true);
            ModerationConformance.moderates(owner, "cellar", "invite", Map.of("callerId", "bob"));
        }
        try (ServerProcess second = ServerProcess.start(kept);
                Person member = Person.at(second.chat(), bob);
                Person stranger = Person.at(second.chat(), cleo);
                Person owner = Person.at(second.chat(), ann)) {
            assertThat(member.awaits("invited").getString("room")).isEqualTo("cellar");
            member.joins("cellar");
            member.says("cellar", "still a member");
            assertThat(stranger.isRefused("join", Map.of("room", "cellar"))).isEqualTo("forbidden");
            ModerationConformance.moderates(owner, "cellar", "open", Map.of());
            stranger.joins("cellar");
        }
    }

    @Test
    void otherServersHaveNoRoomsWithMembers() {
        try (ServerProcess open = ServerProcess.start(Map.of("parley.jwt.secret", SECRET));
                Person inspector = Person.at(
                        open.chat(),
                        Map.of(
                                "token",
                                new Mint(SECRET, null, null)
                                        .token(
                                                "mod",
                                                "mod",
                                                Duration.ofMinutes(5),
                                                Mint.rooms(Map.of("*", List.of("all", "moderate"))))))) {
            assertThat(inspector.isRefused("create", Map.of("room", "garden"))).isEqualTo("forbidden");
            Map<String, ?> bob = Map.of("callerId", "bob");
            assertThat(ModerationConformance.isRefused(inspector, "garden", "invite", bob))
                    .isEqualTo("forbidden");
            assertThat(ModerationConformance.isRefused(inspector, "garden", "close", Map.of()))
                    .isEqualTo("forbidden");
        }
    }
}
