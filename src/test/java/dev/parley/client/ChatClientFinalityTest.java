package dev.parley.client;

import static dev.parley.client.Outcome.ends;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.message.ConnectionState;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import dev.parley.testing.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a client is at its end, and that nothing follows it. */
@Timeout(60)
class ChatClientFinalityTest {
    private final HeardEvents heard = new HeardEvents();
    private final ClientOptions options =
            ClientOptions.defaults().withListener(heard).withBackOff(Duration.ofMillis(1), Duration.ofMillis(50));

    @Test
    void replacedByAConnectionOfItsOwnThatItGaveUpItComesBackOnce() throws Exception {
        AtomicInteger welcomes = new AtomicInteger();
        ChatListener counting = new ChatListener() {
            @Override
            public void welcomed(ServerMessage.Welcome welcome) {
                welcomes.incrementAndGet();
            }
        };
        ClientOptions quick = options.withListener(counting).withConnectTimeout(Duration.ofMillis(500));
        try (ScriptedServer server = ScriptedServer.welcoming();
                ChatClient client = ChatClient.connect(server.uri(), quick)) {
            server.hears("hello");
            server.missesTheNextHello();
            server.cutsTheLine();
            server.hears("hello");
            // The second hello was only slow: behind a proxy, it reaches the server after the third one.
            server.hears("hello");
            await().until(() -> welcomes.get() == 2);
            server.closes(4409, "replaced");
            server.hears("hello");
            server.closes(4409, "replaced");

            assertThat(ends(client.closed()).code()).isEqualTo(4409);
        }
    }

    @Test
    void itShowsTheNonceThatItWasGivenUntilItIsWelcomedAndThenItsOwn() throws Exception {
        String given = "0123456789abcdef0123456789abcdef";
        ClientOptions again = options.withNonce(given).withConnectTimeout(Duration.ofMillis(500));
        try (ScriptedServer server = ScriptedServer.welcoming()) {
            server.missesTheNextHello();
            assertThatThrownBy(() -> ChatClient.connect(server.uri(), again)).isInstanceOf(ParleyException.class);
            try (ChatClient client = ChatClient.connect(server.uri(), again)) {
                assertThat(server.hears("hello").getString("nonce")).isEqualTo(given);
                assertThat(server.hears("hello").getString("nonce")).isEqualTo(given);
                // The hello of the try that failed arrives only now.
                server.closes(4409, "replaced");
                String next = server.hears("hello").getString("nonce");
                assertThat(next).matches("[A-Za-z0-9_-]{22}").isNotEqualTo(given);
                server.closes(4409, "replaced");

                assertThat(ends(client.closed()).code()).isEqualTo(4409);
            }
        }
    }

    @Test
    void nothingIsHeardAfterTheEnd() throws Exception {
        List<Object> calls = new CopyOnWriteArrayList<>();
        CountDownLatch stuck = new CountDownLatch(1);
        ChatListener listener = new ChatListener() {
            @Override
            public void entry(Entry entry) {
                calls.add(entry.seq());
                try {
                    stuck.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void closed(Closed closed) {
                calls.add(closed);
            }
        };
        try (ScriptedServer server = ScriptedServer.neverAcknowledgingAClose()) {
            ChatClient client = ChatClient.connect(
                    server.uri(), options.withListener(listener).withCloseTimeout(Duration.ofMillis(300)));
            // As much as may be unheard, and one more, with which the reader waits.
            for (int seq = 1; seq <= 17; seq++) {
                server.saysBytes("""
                        {"type":"entry","room":"tea","seq":%d,"from":"bob","at":"2026-01-01T00:00:00.000Z",\
                        "media":"image/png"}""".formatted(seq), new byte[1 << 20]);
            }
            await().until(() -> calls.size() == 1 && client.state() == ConnectionState.MESSAGE_RECEIVED);
            client.close();
            stuck.countDown();

            await().until(() -> calls.stream().anyMatch(call -> call instanceof Closed));
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().matches("parley-client-[0-9]+")));
            assertThat(calls.get(calls.size() - 1)).isInstanceOf(Closed.class);
        }
    }
}
