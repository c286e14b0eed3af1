package dev.parley.conformance;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.parley.message.RoomName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What each observer of an application found out about each room. Thread-safe. */
@ApplicationScoped
class Observed {
    private final Map<String, CompletableFuture<String>> found = new ConcurrentHashMap<>();

    /** Of one request. */
    @RequestScoped
    static class InRequest {
        private final UUID id = UUID.randomUUID();

        String id() {
            return id.toString();
        }
    }

    void found(Class<?> observer, RoomName room, String what) {
        at(observer, room).complete(what);
    }

    /** Waits for what an observer finds. */
    String next(Class<?> observer, RoomName room) throws InterruptedException, ExecutionException, TimeoutException {
        return at(observer, room).get(30, SECONDS);
    }

    private CompletableFuture<String> at(Class<?> observer, RoomName room) {
        return found.computeIfAbsent(observer.getName() + " " + room, key -> new CompletableFuture<>());
    }
}
