package dev.parley.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.client.ChatClient;
import dev.parley.client.ClientOptions;
import dev.parley.message.Body;
import dev.parley.message.RoomName;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Many lines of a room: what somebody says, and which of it the page shows. */
final class Lines {
    /** A script with {@code entriesIn}: how many entries a received frame has, single or in runs. Pages of entries don't count. */
    static final String ENTRIES_IN = """
            window.entriesIn = (data) => {
              // The bytes of an attachment come in a frame of their own, which does not begin as JSON does.
              if (typeof data !== "string" && !"[{".includes(String.fromCharCode(new Uint8Array(data)[0]))) return 1;
              const json = JSON.parse(typeof data === "string" ? data : new TextDecoder().decode(data));
              const count = ({ type, entries }) => (type === "entry" ? 1 : type === "entries" ? entries.length : 0);
              return [json].flat().reduce((sum, message) => sum + count(message), 0);
            };
            """;

    private Lines() {}

    /** Says {@code line 1}, {@code line 2} and so on, until all are stored. */
    static void say(URI chat, String room, int many) {
        say(chat, room, many, i -> new Body.Text("line " + i));
    }

    /** @param body what the line with this number says, from 1 on */
    static void say(URI chat, String room, int many, IntFunction<Body> body) {
        RoomName log = new RoomName(room);
        try (ChatClient writer = ChatClient.connect(chat, ClientOptions.defaults())) {
            writer.join(log);
            CompletableFuture.allOf(IntStream.rangeClosed(1, many)
                            .mapToObj(i -> writer.say(log, null, body.apply(i)).toCompletableFuture())
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    /** The numbers of the lines that are shown, from top to bottom. */
    static List<?> seqs(Visitor visitor) {
        return (List<?>) visitor.lines().evaluateAll("all => all.map(row => Number(row.dataset.seq))");
    }

    static void assertFollow(List<?> seqs) {
        int first = (Integer) seqs.get(0);
        assertThat(seqs.equals(
                        IntStream.range(first, first + seqs.size()).boxed().toList()))
                .as("%s", seqs)
                .isTrue();
    }
}
