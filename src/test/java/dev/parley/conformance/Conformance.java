package dev.parley.conformance;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;

/** What every server must do, wherever it runs; seen from the other end of a socket. */
abstract class Conformance
        implements HandshakeConformance,
                PlainLineConformance,
                HeartbeatConformance,
                WatchConformance,
                ClosingConformance,
                HelloConformance,
                LostWelcomeConformance,
                RequestConformance,
                RoomConformance,
                AttachmentConformance,
                ResumeConformance,
                HostileConformance,
                FieldsConformance,
                MutationConformance,
                FramingConformance,
                CrowdConformance,
                BrokenLineConformance {
    private final Queue<AutoCloseable> guests = new ConcurrentLinkedQueue<>();

    @Override
    public <T extends AutoCloseable> T attended(T guest) {
        guests.add(guest);
        return guest;
    }

    @AfterEach
    void everyoneGoesHome() throws Exception {
        for (AutoCloseable guest = guests.poll(); guest != null; guest = guests.poll()) {
            guest.close();
        }
    }
}
