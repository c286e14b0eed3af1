package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a JMS listener of an application sends, in WildFly: its standard configuration, in which the other tests run, has no JMS. In
 * Payara it is off, because its broker listens on all addresses.
 */
class JmsContainerIT {
    private static WildFlyProcess server;

    private final String room = "room-" + UUID.randomUUID();

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = new WildFlyProcess(
                folder,
                List.of(
                        application(
                                "table", "TableQueueListener", "parley.outbox.datasource=java:comp/DefaultDataSource"),
                        application("memory", "MemoryQueueListener", "")));
    }

    /** The classes are not loaded here: this JVM has no JMS. */
    private static WebArchive application(String name, String listener, String settings) {
        WebArchive war =
                Container.application(name + ".war", settings).addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
        Stream.of("QueueListener", "QueueServlet", listener)
                .map(type -> "dev/parley/conformance/" + type + ".class")
                .forEach(war::addAsResource);
        return war;
    }

    /** The log stays beside the reports. */
    @AfterAll
    static void stop() throws IOException {
        if (server != null) {
            server.close();
            Files.writeString(Path.of("target/wildfly-full.log"), server.log());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "memory"})
    void whatAListenerSendsIsDeliveredOnceAfterTheCommitInItsOrder(String application) throws IOException {
        try (Person ann = person(application)) {
            ann.joins(room);
            List<String> sent = List.of("one", "two", "three", "four", "five");
            put(application, "none", sent);
            List<String> expected = new ArrayList<>();
            sent.forEach(text -> expected.addAll(entries(text, 1)));
            assertThat(Messages.texts(ann.hears(10, room))).isEqualTo(expected);
            assertNothingElseCame(application, ann, expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"table,exception", "table,mark", "memory,exception", "memory,mark"})
    void whatAListenerSentBeforeARollbackIsNeverDeliveredAndThatOfTheNextDeliveryOnce(
            String application, String failure) throws IOException {
        try (Person ann = person(application)) {
            ann.joins(room);
            put(application, failure, List.of("again"));
            List<String> expected = new ArrayList<>(entries("again", 2));
            assertThat(Messages.texts(ann.hears(2, room))).isEqualTo(expected);
            assertNothingElseCame(application, ann, expected);
        }
    }

    /** Neither to the member nor into the log, also after a later message of the queue. */
    private void assertNothingElseCame(String application, Person member, List<String> expected) throws IOException {
        put(application, "none", List.of("marker"));
        assertThat(Messages.texts(member.hears(2, room))).isEqualTo(entries("marker", 1));
        List<String> all = new ArrayList<>(expected);
        all.addAll(entries("marker", 1));
        assertThat(Messages.texts(member.readsLog(room))).isEqualTo(all);
    }

    private static List<String> entries(String text, int delivery) {
        return List.of(text + ", begun in delivery " + delivery, text + ", done in delivery " + delivery);
    }

    private static Person person(String application) {
        return Person.at(server.webSocket("/" + application + "/chat"), Map.of("name", "ann"));
    }

    private void put(String application, String failure, List<String> texts) throws IOException {
        URI queue = server.http("/" + application + "/queue");
        String query = "?room=" + room + "&failure=" + failure + "&text=" + String.join("&text=", texts);
        try (RawHttp http = new RawHttp(queue)) {
            assertThat(http.ask("POST " + queue.getPath() + query + " HTTP/1.1", "Content-Length: 0")
                            .status())
                    .as(() -> server.log())
                    .isEqualTo(204);
        }
    }
}
