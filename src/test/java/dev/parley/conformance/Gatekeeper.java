package dev.parley.conformance;

import dev.parley.Parley;
import dev.parley.RoomPolicy;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.Entry;
import dev.parley.message.Grant;
import dev.parley.message.RoomName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The policy of an application. What holds in a room depends on the first word of its name, and on what people say to the
 * gatekeeper, in any room. Thread-safe.
 */
@ApplicationScoped
class Gatekeeper implements RoomPolicy {
    private final Map<RoomName, CountDownLatch> gates = new ConcurrentHashMap<>();
    /** A room and a name in it. */
    private final Set<String> barred = ConcurrentHashMap.newKeySet();

    private final Set<String> muted = ConcurrentHashMap.newKeySet();

    @Inject
    Parley parley;

    @Inject
    Observed.InRequest request;

    @Override
    public Grant decide(Caller who, RoomName room) {
        if (room.value().startsWith("@")) {
            throw new IllegalStateException("no policy is asked about a direct room");
        }
        String key = room + " " + who.name();
        if (barred.contains(key)) {
            return Grant.none();
        }
        if (muted.contains(key)) {
            return Grant.read();
        }
        return switch (room.value().replaceAll("-.*", "")) {
            case "closed" -> Grant.none();
            case "read" -> Grant.read();
            case "broken" -> throw new IllegalStateException("the policy's own");
            case "more" -> Grant.all().withQuota(2);
            case "short" -> Grant.all().goodFor(Grant.LEAST);
            case "later" -> later(room);
            case "comp" -> hasWhatAnApplicationHas() ? Grant.all() : Grant.none();
            default -> Grant.all().goodFor(Duration.ofHours(1));
        };
    }

    private Grant later(RoomName room) {
        try {
            gate(room).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Grant.all();
    }

    private boolean hasWhatAnApplicationHas() {
        try {
            return InitialContext.doLookup("java:comp/DefaultDataSource") != null && request.id() != null;
        } catch (NamingException e) {
            return false;
        }
    }

    private CountDownLatch gate(RoomName room) {
        return gates.computeIfAbsent(room, unknown -> new CountDownLatch(1));
    }

    void hear(@Observes Entry entry) {
        if (!(entry.body() instanceof Body.Text text)) {
            return;
        }
        String[] words = text.value().split(" ");
        switch (words[0]) {
            case "open" -> gate(new RoomName(words[1])).countDown();
            case "bar" -> barred.add(words[1] + " " + words[2]);
            case "barNow" -> {
                barred.add(words[1] + " " + words[2]);
                parley.room(words[1]).recheck();
            }
            case "barUser" -> {
                barred.add(words[1] + " " + words[2]);
                parley.user(words[2]).recheck();
            }
            case "muteNow" -> {
                muted.add(words[1] + " " + words[2]);
                parley.room(words[1]).recheck();
            }
            default -> {}
        }
    }
}
