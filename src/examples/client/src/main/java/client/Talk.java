package client;

import dev.parley.client.ChatClient;
import dev.parley.client.ChatListener;
import dev.parley.client.ClientOptions;
import dev.parley.client.Closed;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage.Said;
import dev.parley.message.UserName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * Joins a room, says each line of the standard input, and prints what is said there.
 *
 * <pre>
 *   mvn -q compile exec:java -Dexec.args="ws://127.0.0.1:8080/chat ann garden"
 * </pre>
 */
public final class Talk {
    private Talk() {}

    public static void main(String... arguments) throws IOException, InterruptedException, ExecutionException {
        if (arguments.length != 3) {
            System.err.println("Talk needs an address, a name and a room: ws://127.0.0.1:8080/chat ann garden");
            System.exit(2);
        }
        ClientOptions options =
                ClientOptions.defaults().withName(new UserName(arguments[1])).withListener(new Printer());
        RoomName room = new RoomName(arguments[2]);
        // It reconnects by itself, as the same user and from its position.
        try (ChatClient client = ChatClient.connect(URI.create(arguments[0]), options);
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            client.join(room).toCompletableFuture().get();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    Said said = client.say(room, line).toCompletableFuture().get();
                    System.out.println("on the disk as number " + said.seq());
                }
            }
        }
    }

    /** Its methods are called one at a time, on one thread of the client. */
    private static final class Printer implements ChatListener {
        @Override
        public void entry(Entry entry) {
            System.out.println(entry.seq() + " " + entry.from() + ": " + text(entry.body()));
        }

        @Override
        public void disconnected(Closed closed, Duration pause) {
            System.out.println("disconnected, next try in " + pause.toMillis() + " ms");
        }

        private static String text(Body body) {
            if (body instanceof Body.Text text) {
                return text.value();
            }
            return body instanceof Body.Data data ? data.kind() + " " + data.json() : "a file";
        }
    }
}
