package dev.parley.conformance;

import dev.parley.testing.Person;
import dev.parley.testing.RawClient;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/**
 * Where the conformance tests run: a server that was started with {@code parley.heartbeat=1000} and {@code parley.rate=500} (so fast that
 * only a flood meets it, so slow that a flood does on any machine), other settings being the defaults.
 */
interface Place {
    /** Such as {@code ws://127.0.0.1:8080/chat}. */
    URI chat();

    /** What this server is called in {@link KnownDifferences}. */
    String server();

    /** Closes this at the end of the test. */
    <T extends AutoCloseable> T attended(T guest);

    /** A WebSocket on which nothing has been said. */
    default RawClient client(String... headers) {
        return attended(RawClient.open(chat(), headers));
    }

    /** Someone with a name that nobody else has, such as {@code ann-3f2a91bc}. */
    default Person person(String name) {
        return person(Map.of("name", unique(name)));
    }

    /** Someone who has said hello with these fields. */
    default Person person(Map<String, ?> hello) {
        return Person.on(client(), hello);
    }

    /** Someone who takes part in a room. */
    default Person person(String name, String room) {
        Person person = person(name);
        person.joins(room);
        return person;
    }

    /** The same user, on a new connection. */
    default Person again(Person person) {
        return person(Map.of("session", person.session()));
    }

    /** Someone who says no hello. */
    default Person stranger() {
        return Person.on(client());
    }

    /** The name of a room where nobody has been. */
    default String room() {
        return unique("room");
    }

    default String unique(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
