package dev.parley.webapp;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import dev.parley.cli.load.Crowd;
import dev.parley.cli.load.Onlooker;
import dev.parley.client.ChatClient;
import dev.parley.client.ClientOptions;
import dev.parley.message.RoomName;
import dev.parley.testing.ServerProcess;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * How smoothly the page goes on in each browser: in a room where 200 entries come in a second and 1,000 lines are shown,
 * and in one that 2,000 people enter; and beside them an empty page. Chromium is measured in the first room once more
 * while its page has a third of a processor. Prints a line for each. Browsers without a screen draw with the processor,
 * which they share with the server and those who talk.
 */
final class PageFrames {
    private static final int LINES = 1_000;
    private static final int ENTRIES_A_SECOND = 200;
    private static final int SECONDS = 15;
    private static final int CROWD = 2_000;
    private static final String TEXT =
            "The roses are out, and the apple tree gives some shade at last; come over when done. ";

    private static final int SLOWER = 3;

    /** Notes the time between frames, and how long the page's own thread was busy with each and with its longest task. */
    private static final String WATCH = """
            () => {
              const watch = (window.watch = { frames: [], work: [], task: 0 });
              if (PerformanceObserver.supportedEntryTypes.includes("longtask")) {
                const note = (list) => list.getEntries().forEach(({ duration }) => (watch.task = Math.max(watch.task, duration)));
                new PerformanceObserver(note).observe({ type: "longtask" });
              }
              const { port1, port2 } = new MessageChannel();
              let last, began;
              port2.onmessage = () => watch.work.push(performance.now() - began);
              const tick = (now) => {
                if (last !== undefined) watch.frames.push(now - last);
                last = now;
                began = performance.now();
                port1.postMessage(0);
                if (window.watch === watch) requestAnimationFrame(tick);
              };
              requestAnimationFrame(tick);
            }""";

    private static final String FIGURES = """
            () => {
              const { frames, work, task } = window.watch;
              window.watch = undefined;
              const at = (all, part) => all.sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * part))];
              return [frames.length, at(frames, 0.5), at(frames, 0.95), at(frames, 0.99), at(frames, 1), at(work, 0.5), at(work, 0.95), at(work, 1),
                task, frames.filter((ms) => ms > 50).reduce((sum, ms) => sum + ms, 0)].map(Number);
            }""";

    private PageFrames() {}

    public static void main(String... arguments) {
        try (ServerProcess server = ServerProcess.start(Map.of("parley.rate", "1000000"), "-XX:+UseParallelGC")) {
            for (Engine engine : Engine.values()) {
                try (Browser browser = Browser.open(engine)) {
                    floor(engine, browser, server);
                    busyRoom(engine, browser, server, 1);
                    if (engine == Engine.CHROMIUM) {
                        busyRoom(engine, browser, server, SLOWER);
                    }
                    crowd(engine, browser, server);
                }
            }
        }
        // Clients may leave threads behind that nobody waits for.
        System.exit(0);
    }

    /** An empty page while the same is said, which nobody shows: what the browser and the machine can do at best. */
    private static void floor(Engine engine, Browser browser, ServerProcess server) {
        RoomName room = new RoomName(PageSetting.unique("room"));
        Page page = browser.visit(URI.create("about:blank")).page();
        try (ChatClient writer = ChatClient.connect(server.chat(), ClientOptions.defaults())) {
            writer.join(room);
            say(writer, room, 5);
            page.evaluate(WATCH);
            say(writer, room, SECONDS);
            tell(engine, "an empty page", page);
        }
        page.context().close();
    }

    /** @param slower how many times slower the page's processor is; Chromium alone can be told so */
    private static void busyRoom(Engine engine, Browser browser, ServerProcess server, int slower) {
        RoomName room = new RoomName(PageSetting.unique("room"));
        Page page = visit(browser, server, room);
        try (ChatClient writer = ChatClient.connect(server.chat(), ClientOptions.defaults())) {
            writer.join(room);
            CompletableFuture.allOf(IntStream.range(0, LINES)
                            .mapToObj(i -> writer.say(room, TEXT + i).toCompletableFuture())
                            .toArray(CompletableFuture[]::new))
                    .join();
            page.waitForFunction("count => document.querySelectorAll('#lines li').length >= count", LINES);
            if (slower > 1) {
                JsonObject rate = new JsonObject();
                rate.addProperty("rate", slower);
                page.context().newCDPSession(page).send("Emulation.setCPUThrottlingRate", rate);
            }
            // Browsers compile what runs often.
            say(writer, room, 5);
            page.evaluate(WATCH);
            say(writer, room, SECONDS);
            tell(engine, ENTRIES_A_SECOND + " entries/s, " + LINES + " lines, 1/" + slower + " processor", page);
            int last = LINES + ENTRIES_A_SECOND * (5 + SECONDS);
            page.waitForFunction(
                    "last => [...document.querySelectorAll('#lines li')].at(-1).dataset.seq == last", last);
        }
        page.context().close();
    }

    private static void crowd(Engine engine, Browser browser, ServerProcess server) {
        RoomName room = new RoomName(PageSetting.unique("room"));
        Page page = visit(browser, server, room);
        try (Crowd crowd = new Crowd(server.chat(), room)) {
            page.evaluate(WATCH);
            for (int i = 0; i < CROWD; i++) {
                crowd.enter(null, Onlooker.Reading.FAST, null);
            }
            page.waitForFunction("count => document.querySelector('#here').textContent == `${count} here`", CROWD + 1);
            tell(engine, CROWD + " people enter", page);
        }
        page.context().close();
    }

    private static Page visit(Browser browser, ServerProcess server, RoomName room) {
        Visitor ann = new Visitor(browser.visit(server.page()), PageSetting.unique("ann"));
        ann.joins(room.value());
        return ann.window().page();
    }

    private static void say(ChatClient writer, RoomName room, int seconds) {
        long begun = System.nanoTime();
        for (int i = 0; i < seconds * ENTRIES_A_SECOND; i++) {
            while (System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(i) / ENTRIES_A_SECOND) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            writer.say(room, TEXT + i);
        }
    }

    private static void tell(Engine engine, String scenario, Page page) {
        Object[] figures = ((List<?>) page.evaluate(FIGURES))
                .stream().map(each -> ((Number) each).doubleValue()).toArray();
        System.out.printf("%s, %s: ", engine, scenario);
        System.out.printf(
                "%.0f frames, p50 %.1f, p95 %.1f, p99 %.1f, longest %.1f ms; busy with each p50 %.1f, p95 %.1f, longest %.1f ms; longest task of 50 ms or more %.0f ms; %.0f ms in frames beyond 50 ms%n",
                figures);
    }
}
