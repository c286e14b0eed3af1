package dev.parley.client;

import static dev.parley.client.Outcome.ends;
import static dev.parley.client.Outcome.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a Java client gets that fetches attachments by itself, wherever the server runs. */
public interface AttachmentsApartConformance {
    URI chat();

    @Test
    default void entriesHaveReferencesAndTheBytesAreFetched() {
        RoomName room = new RoomName("room-" + unique());
        byte[] bytes = new byte[500_000];
        new Random(1).nextBytes(bytes);
        HeardEvents apart = new HeardEvents();
        HeardEvents whole = new HeardEvents();
        ClientOptions options = ClientOptions.defaults();
        try (ChatClient ann = connect(options.withListener(apart).withAttachmentsApart());
                ChatClient bob = connect(options.withListener(whole))) {
            String epoch = ends(ann.join(room)).epoch();
            ends(bob.join(room));
            Body attachment = new Body.Attachment("image/png", "a.png", ByteBuffer.wrap(bytes));
            Body reference = new Body.Reference("image/png", "a.png", bytes.length);
            ends(bob.say(room, "a", attachment));
            await().until(() -> !bodies(apart).isEmpty() && !bodies(whole).isEmpty());
            assertThat(bodies(apart)).containsExactly(reference);
            assertThat(bodies(whole)).containsExactly(attachment);
            assertThat(ends(ann.historyAfter(room, 0, 5)).entries())
                    .extracting(Entry::body)
                    .containsExactly(reference);

            ServerMessage.Fetched all = ends(ann.fetch(room, 1));
            assertThat(all.size()).isEqualTo(bytes.length);
            assertThat(all.data()).isEqualTo(ByteBuffer.wrap(bytes));
            ServerMessage.Fetched part = ends(ann.fetch(room, 1, 499_990, 100));
            assertThat(part.offset()).isEqualTo(499_990);
            assertThat(part.data()).isEqualTo(ByteBuffer.wrap(bytes, 499_990, 10));
            assertThat(ends(bob.fetch(room, 1)).data()).isEqualTo(ByteBuffer.wrap(bytes));
            assertThat(failure(ann.fetch(room, 2)).code()).isEqualTo(ErrorCode.NOT_FOUND);

            HeardEvents late = new HeardEvents();
            try (ChatClient cid = connect(options.withListener(late).withAttachmentsApart())) {
                assertThat(ends(cid.join(room, 0, epoch)).recovered()).isTrue();
                await().until(() -> !bodies(late).isEmpty());
                assertThat(bodies(late)).containsExactly(reference);
            }

            // To forward it, its bytes are needed.
            assertThat(failure(ann.say(room, "b", reference)).code()).isEqualTo(ErrorCode.BAD_REQUEST);
            assertThat(ends(ann.say(room, "c", new Body.Attachment("image/png", "a.png", all.data())))
                            .seq())
                    .isEqualTo(2);
        }
    }

    private ChatClient connect(ClientOptions options) {
        return ChatClient.connect(chat(), options.withName(new UserName("ann-" + unique())));
    }

    private static List<Body> bodies(HeardEvents heard) {
        return heard.messages.stream()
                .filter(Entry.class::isInstance)
                .map(message -> ((Entry) message).body())
                .toList();
    }

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }
}
