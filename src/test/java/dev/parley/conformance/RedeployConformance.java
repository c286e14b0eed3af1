package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Messages;
import dev.parley.testing.Person;
import dev.parley.testing.RunningJvm;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The WAR redeployed many times: the log stays, and of the old applications nothing does.
 *
 * <p>Some class loaders stay, whatever an application does, and their number does not grow. Two stood in each heap dump
 * on Java 17.0.15: the JVM itself holds one application whose records were compared ({@code
 * java.lang.runtime.ObjectMethods.OBJECT_EQ}, {@code asTypeCache}), and a thread of the server's pool holds one: on WildFly
 * 39.0.1 as its context class loader ({@code default task-3}), on Payara 6.2025.9 in the access control context of a {@code
 * ManagedThread}. Each has its copy of SQLite's library mapped. Applications of other tests may stand there before.
 */
interface RedeployConformance {
    int TIMES = 10;

    /** Deploys the archive of the build, and returns when it is ready. */
    void deploy();

    /** Returns when it is undeployed. */
    void undeploy();

    /** The server's process; called while the archive is deployed. */
    RunningJvm process();

    URI chat();

    @Test
    default void theLogStaysAndOfTheOldApplicationsNothingDoes() {
        String room = "room-" + UUID.randomUUID();
        Leftovers left = null;
        List<String> texts = new ArrayList<>();
        for (int time = 1; time <= TIMES; time++) {
            deploy();
            if (time == 1) {
                left = new Leftovers(process());
            }
            Person ann = Person.at(chat(), Map.of("name", "ann"));
            try (ann) {
                assertThat(Messages.texts(Messages.entries(ann.joins(room)))).isEqualTo(texts);
                texts.addAll(talk(ann, room, time));
            } finally {
                undeploy();
            }
        }

        left.awaitNone();
    }

    /** What ends such an application is what ran nothing before: Payara loads no class any more when it is destroyed. */
    @Test
    default void whatNobodyConnectedToEndsTooAndTheNextOneStarts() {
        deploy();
        undeploy();

        deploy();
        try (Person ann = Person.at(chat(), Map.of("name", "ann"))) {
            ann.joins("room-" + UUID.randomUUID());
        } finally {
            undeploy();
        }
    }

    /** The greeter answers, so that the application's own threads have run too. */
    private static List<String> talk(Person ann, String room, int time) {
        String news = "deployment " + time;
        ann.says(room, news);
        ann.says(room, "Hello, Server!");
        ann.hears("Hello, Client!");
        return List.of(news, "Hello, Server!", "Hello, Client!");
    }
}
