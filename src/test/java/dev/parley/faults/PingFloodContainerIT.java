package dev.parley.faults;

import dev.parley.conformance.Container;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pings without end from peers that read nothing, to the container that {@code arquillian.launch} names. */
@ArquillianTest
@RunAsClient
@Timeout(300)
class PingFloodContainerIT {
    @Deployment(testable = false)
    static WebArchive war() {
        return Container.war();
    }

    @Test
    void threeFloodsOfPingsEndAndKeepNobodyFromTalking() {
        FaultsIT.holds(
                new UnderAttack(FrameAttacks.pingFloods(), 3, Container.chat()), Scale.lasting(Duration.ofSeconds(24)));
    }
}
