package dev.parley.wire;

import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.Limits;
import dev.parley.message.ModerationAction;
import dev.parley.message.Permission;
import dev.parley.message.Ref;
import dev.parley.message.Role;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.message.SignIn;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Messages with and without their optional fields, and with texts that need escapes; the protocol has an example of each type. */
final class Samples {
    static final Ref REF = Ref.of(7);
    static final RoomName LOBBY = RoomName.LOBBY;
    static final UserName ANN = new UserName("ann");
    static final UserName BOB = new UserName("bob");
    static final CallerId SIGNED_IN = new CallerId(Caller.Kind.USER, "ann\"@example.com");
    static final CallerId HERALD = new CallerId(Caller.Kind.APPLICATION, "herald");
    static final Instant AT = Instant.parse("2026-11-23T01:02:03.004Z");
    static final Entry TEXT =
            new Entry(LOBBY, 1, "c1", ANN, CallerId.GUEST, AT, new Body.Text("Hello, \"Server\"!\n\u0001\t\\ é 你 😀"));
    static final Entry ATTACHMENT =
            new Entry(LOBBY, 2, null, BOB, CallerId.GUEST, AT, attachment("cat.png", 0, 1, -1, 127, -128));
    static final Body.Data DATA = new Body.Data("Order\"", "{\"id\":7,\"price\":19.90,\"é\":[null,true,{}]}");
    static final ServerMessage.Fetched FETCHED =
            new ServerMessage.Fetched(REF, LOBBY, 5, 70_000, 65_536, ByteBuffer.wrap(new byte[] {0, 1, -1, 127, -128}));

    private Samples() {}

    static Body.Attachment attachment(String name, int... bytes) {
        ByteBuffer content = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            content.put((byte) b);
        }
        return new Body.Attachment("image/png", name, content.flip());
    }

    /** All that a text frame can carry, without the plain line. */
    static Stream<ClientMessage> clientMessages() {
        Ref text = Ref.of("r\"1");
        return Stream.of(
                new ClientMessage.Hello(null, null, null, null),
                new ClientMessage.Hello(text, ANN, "secret", "session"),
                new ClientMessage.Hello(text, ANN, null, "session", "tab-1", "0123456789-_abcdefABCDEF", null),
                new ClientMessage.Join(REF, LOBBY, null, null, 50),
                new ClientMessage.Join(new Ref("-1.50e3", true), LOBBY, 0L, "e", 0),
                new ClientMessage.Leave(REF, LOBBY),
                new ClientMessage.Say(null, null, null, new Body.Text("hi")),
                new ClientMessage.Say(text, LOBBY, "id-1", TEXT.body()),
                new ClientMessage.Say(REF, LOBBY, "id-2", DATA),
                new ClientMessage.History(REF, LOBBY, null, null, 50),
                new ClientMessage.History(REF, LOBBY, 9L, null, 200),
                new ClientMessage.History(REF, LOBBY, null, 999_999_999_999_999_999L, 1),
                new ClientMessage.Hello(text, ANN, null, null, null, null, "apart"),
                new ClientMessage.Fetch(REF, LOBBY, 4, 0, null),
                new ClientMessage.Fetch(REF, LOBBY, 4, 100, 50L),
                new ClientMessage.Typing(LOBBY),
                new ClientMessage.Signal(REF, LOBBY, new Body.Text("hi")),
                new ClientMessage.Signal(null, LOBBY, DATA),
                new ClientMessage.Read(LOBBY, 12),
                new ClientMessage.Moderate(REF, LOBBY, ModerationAction.BAN, ANN, null, null, 60L, true, "\"spam\""),
                new ClientMessage.Moderate(
                        null, LOBBY, ModerationAction.REMOVE, null, "ann@example.com", null, null, false, null),
                new ClientMessage.Moderate(REF, LOBBY, ModerationAction.ERASE, null, null, 4L, null, false, null),
                new ClientMessage.Moderate(
                        REF,
                        LOBBY,
                        ModerationAction.APPOINT,
                        null,
                        "ann@example.com",
                        null,
                        null,
                        false,
                        Role.OWNER,
                        null),
                new ClientMessage.Create(REF, LOBBY, true),
                new ClientMessage.Create(null, LOBBY, false),
                new ClientMessage.Beat(),
                new ClientMessage.Watch(REF, true),
                new ClientMessage.Watch(null, false),
                new ClientMessage.End(REF, ClientMessage.End.How.CLOSE),
                new ClientMessage.End(null, ClientMessage.End.How.CUT));
    }

    static Stream<ServerMessage> serverMessages() {
        Limits limits = new Limits(65536, 1048576, 1048577, 50);
        Instant second = Instant.parse("1999-12-31T23:59:59Z");
        return Stream.of(
                TEXT,
                ATTACHMENT,
                new Entry(LOBBY, 3, null, ANN, CallerId.GUEST, second, attachment(null)),
                new Entry(LOBBY, 4, null, ANN, SIGNED_IN, AT, new Body.Text("hi")),
                new Entry(LOBBY, 5, "c2", BOB, HERALD, AT, attachment(null)),
                new Entry(LOBBY, 6, "c3", BOB, HERALD, AT, DATA),
                new ServerMessage.Welcome(REF, "s", ANN, SIGNED_IN, 20_000, limits, 3_600_000L),
                new ServerMessage.Welcome(null, "s", ANN, CallerId.GUEST, 1, limits, null),
                new ServerMessage.Joined(REF, LOBBY, "e1", 0, List.of(), List.of(), false, Map.of()),
                new ServerMessage.Joined(
                        null,
                        LOBBY,
                        "e1",
                        2,
                        List.of(ANN, BOB),
                        List.of(TEXT, ATTACHMENT),
                        true,
                        Map.of(ANN, 2L, BOB, 1L)),
                new ServerMessage.Joined(
                        REF,
                        LOBBY,
                        "e1",
                        0,
                        List.of(ANN, BOB),
                        Map.of(ANN, SIGNED_IN),
                        List.of(),
                        false,
                        Map.of(),
                        Set.of(Permission.READ),
                        null),
                new ServerMessage.Joined(
                        REF,
                        LOBBY,
                        "e1",
                        0,
                        List.of(),
                        Map.of(),
                        List.of(),
                        false,
                        Map.of(),
                        Set.of(Permission.READ, Permission.ATTACH),
                        7L),
                new ServerMessage.Left(REF, LOBBY),
                new ServerMessage.Left(null, LOBBY, "you may not be here"),
                new ServerMessage.Granted(LOBBY, Set.of(Permission.READ, Permission.SAY)),
                new ServerMessage.Granted(LOBBY, Set.of(Permission.READ, Permission.SIGNAL, Permission.MODERATE), 30),
                new ServerMessage.Moderated(REF, LOBBY, ModerationAction.UNBAN),
                new ServerMessage.Moderated(null, LOBBY, ModerationAction.CREATE),
                new ServerMessage.Invited(RoomName.with(SIGNED_IN.id()), ANN, SIGNED_IN, 3),
                new ServerMessage.Inbox(BOB, HERALD, 3),
                new ServerMessage.Erased(LOBBY, 4),
                new ServerMessage.Erased(LOBBY, 4, Entry.NOBODY, true),
                Entry.erased(LOBBY, 4, "c4", ANN, CallerId.GUEST, AT),
                new Entry(LOBBY, 5, "c2", BOB, HERALD, AT, new Body.Reference("image/png", "cat.png", 70_000)),
                new Entry(LOBBY, 6, null, BOB, CallerId.GUEST, AT, new Body.Reference("image/png", null, 0)),
                new Entry(LOBBY, 7, null, BOB, CallerId.GUEST, AT, new Body.Reference("image/png", "cat.png", 9, true)),
                FETCHED,
                new ServerMessage.Fetched(null, LOBBY, 5, 0, 0, ByteBuffer.allocate(0)),
                new ServerMessage.Said(REF, LOBBY, 1, "c1", AT),
                new ServerMessage.Said(null, LOBBY, 1, null, AT),
                new ServerMessage.History(REF, LOBBY, List.of(TEXT, ATTACHMENT), true),
                new ServerMessage.History(null, LOBBY, List.of(), false),
                new ServerMessage.History(null, LOBBY, List.of(), false, 7L),
                new ServerMessage.Error(REF, ErrorCode.NOT_MEMBER, "join first"),
                new ServerMessage.Error(null, ErrorCode.TOO_FAST, ""),
                new ServerMessage.Presence(LOBBY, ANN, true),
                new ServerMessage.Presence(LOBBY, ANN, false),
                new ServerMessage.Presence(LOBBY, ANN, SIGNED_IN, true),
                new ServerMessage.Presence(LOBBY, BOB, HERALD, false),
                new ServerMessage.Typing(LOBBY, ANN),
                new ServerMessage.Signal(LOBBY, ANN, CallerId.GUEST, new Body.Text("hi")),
                new ServerMessage.Signal(LOBBY, BOB, HERALD, DATA),
                new ServerMessage.Read(LOBBY, ANN, 5),
                new ServerMessage.Beat(),
                new ServerMessage.Watching(
                        REF, true, List.of("GET /chat HTTP/1.1", "Host: a"), List.of("HTTP/1.1 101")),
                new ServerMessage.Watching(null, false, List.of(), List.of()),
                new ServerMessage.Wire(ServerMessage.Wire.Frame.PING, AT, null),
                new ServerMessage.Wire(ServerMessage.Wire.Frame.PONG, AT, 830L),
                new ServerMessage.Bye(1001, "restart", 1500L),
                new ServerMessage.Bye(4401, "no guests", null, new SignIn(true, "signed-in")),
                new ServerMessage.Bye(4401, "no guests", null, new SignIn(true, null)),
                new ServerMessage.Bye(1000, "", null));
    }
}
