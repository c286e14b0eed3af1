package dev.parley.endpoint;

import dev.parley.message.Body;
import dev.parley.message.ClientMessage;
import dev.parley.message.CloseCode;
import dev.parley.message.DirectRooms;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.room.Membership;
import dev.parley.security.Sessions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One handler for each type of client message. A type without a row here is rejected with {@code unknownType}. Immutable,
 * thread-safe.
 *
 * <p>A message that depends on the answer to an earlier one waits for it:
 *
 * <pre>
 *   all but hello                wait until the peer is identified
 *   all that name a room         wait for the answer to the join of that room
 *   join, leave, history, fetch  wait for the answers to all earlier messages to that room
 *   moderate, create             wait for the answer to the earlier action too
 * </pre>
 */
final class MessageHandlers {
    private static final int MAX_PAGES = 200;

    static final MessageHandlers ALL = new MessageHandlers(List.of(
            MessageHandler.forStrangers(ClientMessage.Invalid.class, (peer, invalid) -> {
                throw new ParleyException(invalid.code(), invalid.message());
            }),
            MessageHandler.forStrangersAfter(MessageHandlers::identify, ClientMessage.Hello.class, Peer::admit),
            MessageHandler.after(
                            (peer, join) -> peer.memberships.answersIn(join.room()),
                            ClientMessage.Join.class,
                            (peer, join) -> {
                                peer.allowance.ask();
                                peer.join(join);
                            })
                    .needs((peer, join) -> Need.of(Permission.READ, join.room())),
            MessageHandler.after(
                    (peer, leave) -> peer.memberships.answersIn(leave.room()),
                    ClientMessage.Leave.class,
                    MessageHandlers::leave),
            MessageHandler.after(
                            (peer, say) -> peer.memberships.answerToJoin(roomOf(say, peer)),
                            ClientMessage.Say.class,
                            MessageHandlers::say)
                    .needs((peer, say) -> ofMember(peer, Need.of(permissionFor(say.body()), roomOf(say, peer))))
                    .reviewed((peer, say) -> review(peer, roomOf(say, peer), say.id(), say.body())),
            MessageHandler.after(MessageHandlers::joinFor, ClientMessage.Line.class, MessageHandlers::say)
                    .needs((peer, line) -> ofMember(peer, Need.of(Permission.SAY, peer.memberships.latest())))
                    .reviewed((peer, line) -> review(peer, peer.memberships.latest(), null, line.text())),
            MessageHandler.after(
                            (peer, history) -> peer.memberships.answersIn(history.room()),
                            ClientMessage.History.class,
                            MessageHandlers::history)
                    .needs((peer, history) -> Need.of(Permission.READ, history.room())),
            MessageHandler.after(
                            (peer, fetch) -> peer.memberships.answersIn(fetch.room()),
                            ClientMessage.Fetch.class,
                            MessageHandlers::fetch)
                    .needs((peer, fetch) -> Need.of(Permission.READ, fetch.room())),
            MessageHandler.after(
                            (peer, typing) -> peer.memberships.answerToJoin(typing.room()),
                            ClientMessage.Typing.class,
                            (peer, typing) -> peer.memberships.in(typing.room()).typing())
                    .needs((peer, typing) -> ofMember(peer, Need.ofHint(Permission.SIGNAL, typing.room()))),
            MessageHandler.after(
                            (peer, signal) -> peer.memberships.answerToJoin(signal.room()),
                            ClientMessage.Signal.class,
                            MessageHandlers::signal)
                    .needs((peer, signal) -> ofMember(peer, Need.ofHint(Permission.SIGNAL, signal.room()))),
            MessageHandler.after(
                            (peer, read) -> peer.memberships.answerToJoin(read.room()),
                            ClientMessage.Read.class,
                            (peer, read) -> peer.memberships.in(read.room()).read(read.seq()))
                    .needs((peer, read) -> ofMember(peer, Need.of(Permission.READ, read.room()))),
            MessageHandler.after(
                            (peer, moderate) -> peer.moderation.answerBefore(moderate.room()),
                            ClientMessage.Moderate.class,
                            (peer, moderate) -> {
                                peer.allowance.ask();
                                peer.moderation.moderate(moderate);
                            })
                    .needs((peer, moderate) -> Need.of(
                            peer.moderation.isResignation(moderate) ? Permission.READ : Permission.MODERATE,
                            moderate.room())),
            MessageHandler.after(
                    (peer, create) -> peer.moderation.answerBefore(create.room()),
                    ClientMessage.Create.class,
                    (peer, create) -> {
                        peer.allowance.ask();
                        peer.moderation.create(create);
                    }),
            MessageHandler.atOnce(
                    ClientMessage.Beat.class, (peer, beat) -> peer.connection.send(new ServerMessage.Beat())),
            MessageHandler.atOnce(ClientMessage.Watch.class, (peer, watch) -> {
                peer.allowance.ask();
                peer.connection.watch(watch);
            }),
            MessageHandler.atOnce(ClientMessage.End.class, MessageHandlers::end)));

    private final Map<Class<?>, MessageHandler<?>> byRecord;

    MessageHandlers(List<MessageHandler<?>> handlers) {
        byRecord = handlers.stream().collect(Collectors.toUnmodifiableMap(MessageHandler::record, Function.identity()));
    }

    /** The classes of messages that have a handler. */
    Set<Class<?>> records() {
        return byRecord.keySet();
    }

    /** @throws ParleyException with {@code unknownType} if messages of this type have no handler */
    @SuppressWarnings("unchecked")
    <M extends ClientMessage> MessageHandler<M> of(M message) {
        // The key of each handler is the class of its messages.
        MessageHandler<M> handler = (MessageHandler<M>) byRecord.get(message.getClass());
        if (handler == null) {
            throw new ParleyException(ErrorCode.UNKNOWN_TYPE, "this server handles no messages of this type");
        }
        return handler;
    }

    private static CompletionStage<?> identify(Peer peer, ClientMessage.Hello hello) {
        if (peer.connection.user() != null && hello.token() == null) {
            throw ParleyException.badRequest("hello must come before everything else; later ones bring a new token");
        }
        return peer.identify(hello);
    }

    private static void leave(Peer peer, ClientMessage.Leave leave) {
        peer.memberships.leave(leave.room(), new ServerMessage.Left(leave.ref(), leave.room()));
    }

    private static Permission permissionFor(Body body) {
        return body.form().isBinary() ? Permission.ATTACH : Permission.SAY;
    }

    /**
     * The need of a message that only members of a room can send. If the peer never was in that room, the policy isn't asked,
     * and the handler rejects the message with {@code notMember}.
     */
    private static Need ofMember(Peer peer, Need need) {
        RoomName room = need.room();
        return room != null && (peer.memberships.contains(room) || peer.grants.isKnown(room)) ? need : null;
    }

    private static RoomName roomOf(ClientMessage.Say say, Peer peer) {
        return say.room() == null ? peer.memberships.latest() : say.room();
    }

    private static void say(Peer peer, ClientMessage.Say say) {
        RoomName room = roomOf(say, peer);
        Membership membership = membershipFor(peer, room, say.body());
        Body body = peer.drafts.take(say.body());
        peer.moderation.say(
                room,
                membership,
                body == say.body() ? say : new ClientMessage.Say(say.ref(), say.room(), say.id(), body));
    }

    /** @throws ParleyException if the peer can't send this to the room */
    private static Membership membershipFor(Peer peer, RoomName room, Body body) {
        Membership membership = peer.memberships.in(room);
        DirectRooms.checkHeader(room, body);
        requireSmall(body, peer.rules().limits().binary());
        return membership;
    }

    /** The later messages of the peer wait for the review too, so the messages of a room stay in their order. */
    private static CompletionStage<?> review(Peer peer, RoomName room, String id, Body body) {
        if (room == null || !peer.drafts.areFor(room)) {
            return null;
        }
        membershipFor(peer, room, body);
        return peer.drafts.answerFor(room, id, body);
    }

    /** The limit of a frame allows for the longest header. A file must not use that space. */
    private static void requireSmall(Body body, int most) {
        if (body.form().isBinary() && body.size() > most) {
            throw new ParleyException(ErrorCode.TOO_LARGE, "the content has more than " + most + " bytes");
        }
    }

    /** A person at a terminal joins a room by the first line. Each line causes one join at most. */
    private static CompletionStage<?> joinFor(Peer peer, ClientMessage.Line line) {
        if (Sessions.appearIn(line.text().value())) {
            // Malformed JSON is a line too. A person never types a session.
            throw ParleyException.badRequest("the line has a session in it, which is a secret: it was not said");
        }
        CompletionStage<?> answer = peer.joinFor(line);
        return answer != null ? answer : peer.memberships.answerToJoin(peer.memberships.latest());
    }

    private static void say(Peer peer, ClientMessage.Line line) {
        Membership membership = peer.memberships.in(peer.memberships.latest());
        Body body = peer.drafts.take(line.text());
        peer.moderation.say(peer.memberships.latest(), membership, new ClientMessage.Say(null, null, null, body));
    }

    private static void signal(Peer peer, ClientMessage.Signal signal) {
        Membership membership = peer.memberships.in(signal.room());
        peer.allowance.send(signal.body().size());
        // A signal is no draft, so it would pass by the observers that decide before a message.
        if (!peer.drafts.areFor(signal.room())) {
            membership.signal(signal.body());
        }
    }

    private static void history(Peer peer, ClientMessage.History history) {
        askForPage(peer);
        peer.history(history);
    }

    private static void fetch(Peer peer, ClientMessage.Fetch fetch) {
        askForPage(peer);
        peer.allowance.looksUp();
        peer.fetch(fetch);
    }

    private static void askForPage(Peer peer) {
        if (peer.pagesWaiting() >= MAX_PAGES) {
            throw new ParleyException(ErrorCode.TOO_FAST, MAX_PAGES + " pages wait to be read already");
        }
        peer.allowance.ask();
    }

    private static void end(Peer peer, ClientMessage.End end) {
        switch (end.how()) {
            case CLOSE -> peer.connection.close(CloseCode.NORMAL, "the client asked for it");
            case CUT -> {
                if (!peer.connection.cut("the client asked for it")) {
                    throw new ParleyException(ErrorCode.FORBIDDEN, "no line can be cut in this container");
                }
            }
        }
    }
}
