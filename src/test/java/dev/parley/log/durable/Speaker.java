package dev.parley.log.durable;

import static org.awaitility.Awaitility.await;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.DraftListener;
import dev.parley.log.EntryListener;
import dev.parley.log.MessageLog;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.UserName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Speaks into a log and hears all that comes of it. Thread-safe. */
public final class Speaker implements DraftListener, EntryListener {
    public static final RoomName LOBBY = RoomName.LOBBY;
    public static final User ANN = user("ann");
    public static final User BOB = user("bob");

    public static final Draft.Outcome UNHEARD = new Draft.Outcome() {
        @Override
        public void said(Entry entry) {}

        @Override
        public void refused(ParleyException why) {}

        @Override
        public void unknown(ParleyException why) {}
    };

    /** What became of the drafts, in this order. */
    public final List<Appended> heard = Collections.synchronizedList(new ArrayList<>());
    /** The new entries, in this order. */
    public final List<Entry> added = Collections.synchronizedList(new ArrayList<>());

    /** The numbers of erased entries, in this order. */
    public final List<Long> erased = Collections.synchronizedList(new ArrayList<>());

    /** What was said about erased entries, in this order. */
    public final List<ServerMessage.Erased> hints = Collections.synchronizedList(new ArrayList<>());

    final List<List<Appended>> batches = new CopyOnWriteArrayList<>();
    private final MessageLog log;
    private final CountDownLatch release = new CountDownLatch(1);

    private Speaker(MessageLog log) {
        this.log = log;
    }

    /** Starts a log and listens to it. */
    public static Speaker into(MessageLog log) {
        Speaker speaker = new Speaker(log);
        speaker.release();
        log.start(speaker, speaker);
        return speaker;
    }

    /** Starts a log, says something in the lobby, and holds up its writer, which tells so, until {@link #release}. */
    public static Speaker holding(MessageLog log) {
        Speaker speaker = new Speaker(log);
        log.start(speaker, speaker);
        speaker.say(LOBBY, ANN, null, "first");
        await().until(() -> !speaker.heard.isEmpty());
        return speaker;
    }

    public void release() {
        release.countDown();
    }

    public static User user(String name) {
        return new User("user:" + name, new UserName(name));
    }

    public static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    public CompletableFuture<Entry> say(RoomName room, User from, String id, Body body) {
        CompletableFuture<Entry> said = new CompletableFuture<>();
        log.append(new Draft(room, from, DraftId.of(id), body, new Draft.Outcome() {
            @Override
            public void said(Entry entry) {
                said.complete(entry);
            }

            @Override
            public void refused(ParleyException why) {
                said.completeExceptionally(why);
            }

            @Override
            public void unknown(ParleyException why) {
                said.completeExceptionally(why);
            }
        }));
        return said;
    }

    public CompletableFuture<Entry> say(RoomName room, User from, String id, String text) {
        return say(room, from, id, new Body.Text(text));
    }

    /** Says a text in the lobby and waits until it is durable. */
    public Entry says(User from, String id, String text) {
        return get(say(LOBBY, from, id, text));
    }

    @Override
    public void stored(List<Appended> batch) {
        heard.addAll(batch);
        batches.add(batch);
        awaitRelease();
        batch.forEach(appended -> appended.draft().outcome().said(appended.entry()));
    }

    @Override
    public void added(List<Entry> entries) {
        added.addAll(entries);
    }

    @Override
    public void erased(List<ServerMessage.Erased> batch) {
        hints.addAll(batch);
        batch.forEach(each -> erased.add(each.seq()));
    }

    private void awaitRelease() {
        for (boolean released = release.getCount() == 0; !released; ) {
            try {
                release.await();
                released = true;
            } catch (InterruptedException e) {
                // The log's thread may be interrupted; this is about something else.
            }
        }
    }

    @Override
    public void refused(List<Draft> drafts, ParleyException why) {
        drafts.forEach(draft -> draft.outcome().refused(why));
    }

    @Override
    public void unknown(List<Draft> drafts, ParleyException why) {
        drafts.forEach(draft -> draft.outcome().unknown(why));
    }
}
