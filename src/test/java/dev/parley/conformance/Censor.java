package dev.parley.conformance;

import dev.parley.Before;
import dev.parley.Draft;
import dev.parley.InRoom;
import dev.parley.Parley;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * An application's bean that changes and refuses what people say, and answers in the rooms of orders. What it does depends on
 * the first word. Thread-safe.
 */
@ApplicationScoped
class Censor {
    private final Map<RoomName, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final Set<String> heardOnce = ConcurrentHashMap.newKeySet();

    @Inject
    Parley parley;

    @Inject
    Observed.InRequest request;

    void second(@Observes @Before @Priority(20) Draft draft) {
        if (words(draft.body())[0].equals("order")) {
            draft.replace(text(draft.body()) + " second");
        }
    }

    void first(@Observes @Before @Priority(10) Draft draft) throws InterruptedException, NamingException {
        if (draft.body() instanceof Body.Attachment file) {
            if (file.media().equals("application/x-evil")) {
                draft.refuse("no such files, please");
            }
            return;
        }
        String text = text(draft.body());
        switch (words(draft.body())[0]) {
            case "card" -> draft.replace(text.replaceAll("[0-9]", "*"));
            case "order" -> draft.replace(text + " first");
            case "rude" -> draft.refuse("please be kind, " + draft.caller().name());
            case "once" -> {
                if (!heardOnce.add(draft.room() + text)) {
                    draft.refuse("you have said that");
                }
            }
            case "broken" -> throw new IllegalStateException("the observer's own");
            case "large" -> draft.replace("x".repeat(100_000));
            case "later" -> gate(draft.room()).await();
            case "comp" ->
                draft.replace("comp " + (InitialContext.doLookup("java:comp/DefaultDataSource") != null) + " "
                        + !request.id().isEmpty());
            default -> {}
        }
    }

    void inOrders(@Observes @Before @InRoom("order-*") Draft draft) {
        if (words(draft.body())[0].equals("where")) {
            draft.refuse("this room is for orders");
        }
    }

    void hear(@Observes Entry entry) {
        String[] words = words(entry.body());
        switch (words[0]) {
            case "open" -> gate(new RoomName(words[1])).countDown();
            case "say" -> parley.as("censor").room(entry.room()).send("rude words of the application");
            default -> {}
        }
    }

    void hearOrder(@Observes @InRoom("order-*") Entry entry) {
        if (words(entry.body())[0].equals("thanks")) {
            parley.as("censor").room(entry.room()).send("heard in order");
        }
    }

    void hearOrderAsync(@ObservesAsync @InRoom("*-7") Entry entry) {
        if (words(entry.body())[0].equals("thanks")) {
            parley.as("censor")
                    .room(entry.room())
                    .send("heard in seven by " + !request.id().isEmpty());
        }
    }

    private CountDownLatch gate(RoomName room) {
        return gates.computeIfAbsent(room, unknown -> new CountDownLatch(1));
    }

    private static String[] words(Body body) {
        return text(body).split(" ");
    }

    private static String text(Body body) {
        return body instanceof Body.Text text ? text.value() : "";
    }
}
