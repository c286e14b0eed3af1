package dev.parley.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.UserName;
import dev.parley.testing.Frame;
import dev.parley.testing.RawClient;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the Java client and the server are to each other where the first welcome is lost. */
interface LostWelcomeConformance {
    URI chat();

    @Test
    default void whoTriesAgainWithTheSameNonceIsTheGuestWhoseWelcomeWasLost() {
        UserName name = new UserName("ann-" + UUID.randomUUID().toString().substring(0, 8));
        String nonce = UUID.randomUUID().toString();
        try (RawClient cutOff = RawClient.open(chat())) {
            cutOff.send("{\"type\":\"hello\",\"name\":\"%s\",\"nonce\":\"%s\"}".formatted(name, nonce));
            cutOff.await(Frame.TEXT);
            cutOff.reset();
        }
        ClientOptions options = ClientOptions.defaults().withName(name);
        try (ChatClient stranger = ChatClient.connect(chat(), options);
                ChatClient ann = ChatClient.connect(chat(), options.withNonce(nonce))) {
            assertThat(stranger.welcome().user().value()).isEqualTo(name + "-2");
            assertThat(ann.welcome().user()).isEqualTo(name);
        }
    }
}
