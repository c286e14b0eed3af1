package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.document.Markdown;
import dev.parley.message.ConnectionState;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.testing.Records;
import dev.parley.testing.ScriptedServer;
import dev.parley.wire.MessageJson;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server sends without being asked reaches the listener. */
@Timeout(60)
class UnaskedMessagesTest {
    /** The client itself makes use of beats, and does not watch its connection. */
    private static final Set<Class<?>> NOT_FOR_LISTENERS = Set.of(ServerMessage.Beat.class, ServerMessage.Wire.class);

    @Test
    void eachExampleOfTheProtocolIsHeard() throws Exception {
        List<Object> heard = new CopyOnWriteArrayList<>();
        List<String> frames = Markdown.named("protocol.md").blocks().stream()
                .filter(block -> block.info().equals("json server"))
                .flatMap(block -> block.lines().stream())
                .filter(frame -> MessageJson.readServer(frame).stream().allMatch(UnaskedMessagesTest::isForListeners))
                .toList();
        List<ServerMessage> messages = frames.stream()
                .flatMap(frame -> MessageJson.readServer(frame).stream())
                .toList();
        assertThat(messages.stream().<Class<?>>map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(Records.of(ServerMessage.News.class)
                        .filter(type -> !NOT_FOR_LISTENERS.contains(type))
                        .toList());

        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(
                        server.uri(), ClientOptions.defaults().withListener(noting(heard)))) {
            await().until(() -> client.state() == ConnectionState.OPEN);
            for (String frame : frames) {
                server.says(frame);
            }
            List<ServerMessage> expected =
                    messages.stream().map(UnaskedMessagesTest::asHeard).toList();
            await().untilAsserted(() -> assertThat(heard).containsAll(expected));
        }
    }

    /** A listener is invited to the inbox as to other rooms. */
    private static ServerMessage asHeard(ServerMessage message) {
        return message instanceof ServerMessage.Inbox inbox
                ? new ServerMessage.Invited(RoomName.INBOX, inbox.from(), inbox.caller(), inbox.seq())
                : message;
    }

    private static boolean isForListeners(ServerMessage message) {
        return message instanceof ServerMessage.News && !NOT_FOR_LISTENERS.contains(message.getClass());
    }

    private static ChatListener noting(List<Object> heard) {
        return (ChatListener) Proxy.newProxyInstance(
                ChatListener.class.getClassLoader(), new Class<?>[] {ChatListener.class}, (proxy, method, given) -> {
                    note(heard, method, given);
                    return null;
                });
    }

    private static void note(List<Object> heard, Method method, Object[] given) {
        if (method.getDeclaringClass() == ChatListener.class) {
            heard.addAll(List.of(given));
        }
    }
}
