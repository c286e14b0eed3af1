package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.parley.Durable;
import dev.parley.InRoom;
import dev.parley.config.SettingsException;
import dev.parley.log.StandingListener;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.durable.Speaker;
import dev.parley.log.sqlite.SqliteDatabase;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Durable observers on a real log, which is closed and opened again. */
@Timeout(60)
class DurableObserversTest {
    static final Entry ANY =
            Entry.erased(new RoomName("any"), 1, null, new UserName("any"), CallerId.GUEST, Instant.EPOCH);
    private static final RoomName GARDEN = new RoomName("garden");
    private static final RoomName CELLAR = new RoomName("cellar");
    private static final RoomName ORDER = new RoomName("order-7");

    @TempDir
    Path folder;

    private SeContainer beans;
    private GroupCommitLog log;
    private Speaker speaker;
    private DurableObservers observers;

    /** What the observers of this test have heard. */
    @ApplicationScoped
    static class Heard {
        private final Queue<String> all = new ConcurrentLinkedQueue<>();
        private volatile boolean fails;

        Queue<String> all() {
            return all;
        }

        boolean fails() {
            return fails;
        }

        void fail(boolean now) {
            fails = now;
        }
    }

    @ApplicationScoped
    static class Search {
        @Inject
        private Heard heard;

        void hear(@Observes @Durable("search") Entry entry, Request request) {
            if (entry.room().equals(CELLAR) && heard.fails()) {
                heard.all().add("failed " + entry.seq());
                throw new AssertionError("the observer's own " + request.id());
            }
            heard.all().add(entry.room() + " " + entry.seq());
            Thread.currentThread().interrupt();
        }
    }

    @ApplicationScoped
    static class FromStart {
        @Inject
        private Heard heard;

        void hear(@Observes @Durable(value = "from-start", fromStart = true) @InRoom("order-*") Entry entry) {
            heard.all().add("start " + entry.room() + " " + entry.seq());
        }
    }

    @ApplicationScoped
    static class SameName {
        void hearToo(@Observes @Durable("search") Entry entry) {}
    }

    @ApplicationScoped
    static class NoName {
        void hear(@Observes @Durable("no name") Entry entry) {}
    }

    @ApplicationScoped
    static class WithoutOrder {
        void hear(@ObservesAsync @Durable("async") Entry entry) {}
    }

    @AfterEach
    void stop() {
        if (log != null) {
            end();
        }
        if (beans != null) {
            beans.close();
        }
    }

    @Test
    void itGoesOnAfterARestartWhereItStopped() {
        start("", Heard.class, Request.class, Search.class);
        say(GARDEN, 3);
        await().until(() -> heard().size() == 3);
        end();

        open("");
        say(GARDEN, 2);
        observers.close();
        say(GARDEN, 1);
        end();

        open("");
        await().until(() -> heard().contains("garden 6"));
        assertThat(heard()).containsExactly("garden 1", "garden 2", "garden 3", "garden 4", "garden 5", "garden 6");
    }

    @Test
    void aNewNameBeginsBehindTheNewestEntryUnlessItWantsAll() {
        start("", Heard.class);
        say(ORDER, 300);
        say(GARDEN, 1);
        end();
        beans.close();

        start("", Heard.class, Request.class, Search.class, FromStart.class);
        await().until(() -> heard().size() == 300);
        assertThat(heard())
                .isEqualTo(IntStream.rangeClosed(1, 300)
                        .mapToObj(seq -> "start order-7 " + seq)
                        .toList());
        say(GARDEN, 1);
        await().until(() -> heard().contains("garden 2"));
        assertThat(heard()).doesNotContain("garden 1");
    }

    @Test
    void anObserverThatFailsGetsTheSameEntryAgainAndOtherRoomsDoNotWait() {
        start("", Heard.class, Request.class, Search.class);
        beans.select(Heard.class).get().fail(true);
        say(CELLAR, 2);
        await().until(() -> heard().contains("failed 1"));
        say(GARDEN, 1);
        await().until(() -> heard().contains("garden 1"));
        await().until(() -> heard().stream().filter("failed 1"::equals).count() > 1);
        beans.select(Heard.class).get().fail(false);

        await().until(() -> heard().contains("cellar 2"));
        assertThat(heard().stream().filter(what -> what.startsWith("cellar"))).containsExactly("cellar 1", "cellar 2");
        assertThat(heard()).doesNotContain("failed 2");
    }

    @Test
    void entriesThatWereDeletedAreLeftOut() {
        start("", Heard.class, Request.class, Search.class);
        say(GARDEN, 1);
        await().until(() -> heard().contains("garden 1"));
        observers.close();
        say(GARDEN, 100);
        end();

        open("*: 50 entries");
        await().until(() -> heard().contains("garden 101"));
        assertThat(heard()).contains("garden 52").hasSizeGreaterThanOrEqualTo(51);
        assertThat(heard().stream().distinct()).hasSameSizeAs(heard());
    }

    @Test
    void twoObserversWithOneNameAreNamedAtTheStart() {
        assertThatThrownBy(() -> start("", Heard.class, Request.class, Search.class, SameName.class))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("Search.hear(")
                .hasMessageContaining("SameName.hearToo(");
    }

    @Test
    void anObserverWithoutAValidNameIsNamedAtTheStart() {
        assertThatThrownBy(() -> start("", NoName.class))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("NoName.hear(")
                .hasMessageContaining("@Durable(\"no name\")");
    }

    @Test
    void anAsynchronousObserverIsNamedAtTheStart() {
        assertThatThrownBy(() -> start("", WithoutOrder.class))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("WithoutOrder.hear(")
                .hasMessageContaining("@ObservesAsync");
    }

    private void start(String rules, Class<?>... classes) {
        beans = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(classes)
                .initialize();
        open(rules);
    }

    /** @param rules about what is kept */
    private void open(String rules) {
        ThreadFactory threads = Executors.defaultThreadFactory();
        log = GroupCommitLog.open(
                SqliteDatabase.open(folder, OptionalLong.empty(), threads),
                threads,
                Retention.parse(rules),
                deleted -> {},
                name -> {},
                StandingListener.NONE);
        observers = DurableObservers.find(
                beans.getBeanManager(), ANY, log, beans.select(RequestContextController.class)::get);
        speaker = Speaker.into(log);
        observers.start();
    }

    private void end() {
        if (observers != null) {
            observers.close();
        }
        log.close();
        log = null;
    }

    private void say(RoomName room, int times) {
        for (int i = 0; i < times; i++) {
            observers.accept(Speaker.get(speaker.say(room, Speaker.ANN, null, "hi")));
        }
    }

    private List<String> heard() {
        return List.copyOf(beans.select(Heard.class).get().all());
    }
}
