package dev.parley.faults;

import static org.awaitility.Awaitility.await;

import dev.parley.conformance.Container;
import dev.parley.conformance.KnownDifferences;
import dev.parley.testing.MemoryInUse;
import dev.parley.testing.RawClient;
import dev.parley.testing.RawHttp;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Pings without end from peers that read nothing, to the container that {@code arquillian.launch} names. Where Parley counts
 * pings, it ends the floods. WildFly answers pings itself: there the floods stall, or are read, until two heartbeats
 * have passed. Either keeps nobody from talking and costs a bounded memory.
 */
@ArquillianTest
@RunAsClient
@Timeout(300)
class PingFloodContainerIT {
    private static final int FLOODS = 3;
    /** In bytes, by all floods: less than what they send. */
    private static final long MOST_HELD = 32L << 20;

    @Deployment(testable = false)
    static WebArchive application() {
        return Container.war().addClass(MemoryInUse.class);
    }

    @Test
    void floodsOfPingsKeepNobodyFromTalking() {
        Attack attack = KnownDifferences.letsPingsBeCounted(Container.name())
                ? FrameAttacks.pingFloods()
                : FrameAttacks.pingFloodsThatNobodyCounts();
        FaultsIT.holds(new UnderAttack(attack, FLOODS, Container.chat()), Scale.lasting(Duration.ofSeconds(24)));
    }

    @Test
    void floodsOfPingsCostTheServerABoundedMemory() {
        long before = memoryInUse();
        List<RawClient> floods = new ArrayList<>();
        try {
            for (int i = 0; i < FLOODS; i++) {
                RawClient deaf = RawClient.openUnread(Container.chat());
                floods.add(deaf);
                FrameAttacks.floodWithPings(deaf);
            }
            await().atMost(RawClient.PATIENCE).until(() -> memoryInUse() - before < MOST_HELD);
        } finally {
            floods.forEach(RawClient::close);
        }
    }

    private static long memoryInUse() {
        URI address = Container.page().resolve("memory");
        return Long.parseLong(RawHttp.get(address).body());
    }
}
