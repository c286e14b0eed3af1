package dev.parley.webapp;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.FilePayload;
import dev.parley.client.ChatClient;
import dev.parley.client.ClientOptions;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rooms that one is in: their order, what is unread in them, and which of them is open. */
class RoomsPageIT extends PageSetting {
    private static final Pattern NEW = Pattern.compile(".*\\bnew\\b.*");

    @Test
    void aReloadChangesNoCountOfWhatIsUnread() {
        String garden = unique("garden");
        Visitor ann = inRoom("ann", garden);
        Page page = ann.window().page();
        ann.joinsToo(unique("kitchen"));
        write(garden, 250);
        assertThat(tab(ann, garden)).containsText("250 new");
        page.reload();
        assertThat(tab(ann, garden)).containsText("250 new");
        write(garden, 3);
        assertThat(tab(ann, garden)).containsText("253 new");
        page.reload();
        assertThat(tab(ann, garden)).containsText("253 new");
        ann.opens(garden);
        assertThat(tab(ann, garden)).not().containsText("new");

        // The line above which all was seen is drawn where it is, not where the loaded ones begin.
        assertThat(ann.lines().first()).hasAttribute("data-seq", "204");
        assertThat(ann.lines().first()).not().hasClass(NEW);
        Locator log = ann.log();
        for (int first = 204; first > 0; first -= 50) {
            assertThat(ann.lines().first()).hasAttribute("data-seq", String.valueOf(first));
            log.evaluate("log => { log.scrollTo(0, 900); log.scrollTo(0, 100); }");
        }
        assertThat(log.locator("li[data-seq='1']")).hasClass(NEW);
    }

    @Test
    void whereOlderMessagesAreNotKeptTheTopSaysSo() {
        String room = unique("kept");
        write(room, 100);
        awaitOldest(room, 41);
        Visitor ann = inRoom("ann", room);
        Locator notKept = ann.window().page().getByText("Older messages are not kept.");
        assertThat(ann.lines().first()).hasAttribute("data-seq", "51");
        assertThat(notKept).isHidden();
        ann.log().evaluate("log => { log.scrollTo(0, 900); log.scrollTo(0, 100); }");
        assertThat(ann.lines().first()).hasAttribute("data-seq", "41");
        assertThat(notKept).isVisible();
        assertThat(ann.button("Load earlier")).isHidden();
    }

    /** The page's own server has nothing that erases: this stands for what it would send. */
    @Test
    void anErasedMessageIsAQuietLineInItsPlace() {
        String room = unique("room");
        Visitor ann = visitor("ann");
        Page page = ann.window().page();
        List<WebSocketRoute> sockets = new CopyOnWriteArrayList<>();
        page.routeWebSocket(Pattern.compile(".*/chat"), socket -> {
            sockets.add(socket);
            socket.connectToServer();
        });
        page.reload();
        ann.joins(room);
        ann.says("first");
        FilePayload file = new FilePayload("secret.png", "image/png", new byte[100]);
        page.locator("input[type=file]").setInputFiles(file);
        ann.hears(ann, "secret.png");
        ann.says("last");
        for (int seq = 1; seq <= 2; seq++) {
            sockets.get(sockets.size() - 1)
                    .send("{\"type\":\"erased\",\"room\":\"%s\",\"seq\":%d}".formatted(room, seq));
        }
        assertThat(ann.lines()).hasCount(3);
        assertThat(ann.line(ann.name(), "This message was erased.")).hasCount(2);
        assertThat(ann.lines().first()).hasAttribute("data-seq", "1");
        assertThat(ann.lines().nth(1)).hasAttribute("data-seq", "2");
        assertThat(ann.log()).not().containsText("secret.png");
        assertThat(ann.line(ann.name(), "last")).isVisible();

        sockets.get(sockets.size() - 1)
                .send("{\"type\":\"erased\",\"room\":\"%s\",\"seq\":2,\"from\":\"-\",\"older\":true}".formatted(room));
        assertThat(ann.lines()).hasCount(2);
        assertThat(ann.line("-", "This message was erased.")).hasCount(1);
        assertThat(ann.lines().first()).hasAttribute("data-seq", "2");
        ann.button("Load earlier").click();
        assertThat(ann.lines()).hasCount(3);
    }

    private static void awaitOldest(String room, long oldest) {
        try (ChatClient reader = ChatClient.connect(server.chat(), ClientOptions.defaults())) {
            await().until(() -> {
                ServerMessage.History page = reader.history(new RoomName(room), 1)
                        .toCompletableFuture()
                        .join();
                return Long.valueOf(oldest).equals(page.oldest());
            });
        }
    }

    @Test
    void aReloadKeepsTheOrderOfRoomsAndTheOpenOne() {
        String one = unique("one");
        String two = unique("two");
        String three = unique("three");
        Visitor ann = inRoom("ann", one);
        ann.joinsToo(two);
        ann.joinsToo(three);
        // A room is kept once the server has let one in.
        ann.sees(ann);
        ann.opens(two);
        String[] order = {one, two, three};
        assertThat(rooms(ann)).containsText(order);
        for (int i = 0; i < 2; i++) {
            ann.window().page().reload();
            assertThat(ann.open()).containsText(two);
            assertThat(rooms(ann)).containsText(order);
        }
    }

    @Test
    void aReloadInTheMiddleOfComingBackLosesNoRoom() {
        String one = unique("one");
        String two = unique("two");
        Visitor ann = inRoom("ann", one);
        ann.joinsToo(two);
        Page page = ann.window().page();
        ann.says("there");
        page.routeWebSocket(Pattern.compile(".*/chat"), socket -> {
            socket.connectToServer().onMessage(frame -> {
                // Only the open one comes back.
                if (frame.text() == null
                        || !frame.text().contains("\"joined\"")
                        || frame.text().contains(two)) {
                    socket.send(frame.text());
                }
            });
        });
        page.reload();
        assertThat(ann.line(ann.name(), "there")).isVisible();
        page.unrouteAll();
        page.reload();
        assertThat(rooms(ann)).containsText(new String[] {one, two});
    }

    @InEachBrowser
    void onAPhoneTheTabOfTheOpenRoomIsInSight() {
        theTabOfTheOpenRoomIsInSight(Browser.Screen.PHONE);
    }

    @InEachBrowser
    void onALowScreenTheTabOfTheOpenRoomIsInSight() {
        theTabOfTheOpenRoomIsInSight(new Browser.Screen(1280, 500, Browser.Screen.DESKTOP.scheme()));
    }

    private void theTabOfTheOpenRoomIsInSight(Browser.Screen screen) {
        Visitor ann = visitor("ann", screen);
        ann.joins(unique("room-0"));
        for (int i = 1; i < 16; i++) {
            ann.joinsToo(unique("room-" + i));
            assertThat(ann.open()).isInViewport();
        }
        ann.window().page().reload();
        assertThat(ann.open()).containsText("room-15");
        assertThat(ann.open()).isInViewport();
        if (browser.engine() == Engine.CHROMIUM) {
            // In Firefox the script of the picture is what the Content-Security-Policy forbids.
            ann.window().picture("rooms-" + screen.width());
        }
        rooms(ann).first().click();
        assertThat(ann.open()).containsText("room-0");
        assertThat(ann.open()).isInViewport();
        ann.window().page().setViewportSize(screen.width() - 20, screen.height());
        assertThat(ann.open()).isInViewport();
    }

    @InEachBrowser
    void aRoomWhoseNewestEntryIsAFileShowsWhatWasBefore() {
        String room = unique("room");
        Visitor ann = inRoom("ann", room);
        write(room, 30);
        FilePayload file = new FilePayload("large.bin", "application/octet-stream", new byte[900_000]);
        ann.window().page().locator("input[type=file]").setInputFiles(file);
        ann.hears(ann, "large.bin");
        Visitor bob = inRoom("bob", room);
        assertThat(bob.lines()).hasCount(31);
        assertThat(bob.lines().last()).isInViewport();
        // Not all at once: only what has a place on the screen is loaded.
        write(room, 300);
        ann.window()
                .page()
                .locator("input[type=file]")
                .setInputFiles(new FilePayload("huge.bin", "application/octet-stream", new byte[950_000]));
        ann.hears(ann, "huge.bin");
        bob.window().page().reload();
        assertThat(bob.lines()).hasCount(50);
        assertThat(bob.lines().last()).isInViewport();
    }

    private static void write(String room, int many) {
        RoomName log = new RoomName(room);
        try (ChatClient writer = ChatClient.connect(server.chat(), ClientOptions.defaults())) {
            writer.join(log);
            List<CompletableFuture<?>> said = IntStream.rangeClosed(1, many)
                    .<CompletableFuture<?>>mapToObj(
                            i -> writer.say(log, "line " + i).toCompletableFuture())
                    .toList();
            CompletableFuture.allOf(said.toArray(CompletableFuture[]::new)).join();
        }
    }

    private static Locator rooms(Visitor visitor) {
        return visitor.window().page().locator(".room");
    }

    private static Locator tab(Visitor visitor, String name) {
        return rooms(visitor).filter(new Locator.FilterOptions().setHasText(name));
    }
}
