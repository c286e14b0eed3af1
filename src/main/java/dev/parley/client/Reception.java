package dev.parley.client;

import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Ref;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Handles all messages that a client receives, over all its connections, so that the listener sees one continuous
 * conversation. It joins the rooms again from their positions, drops entries that the listener received before, and
 * gives each reply to its request. Confined to the listener's thread.
 *
 * <pre>
 *   begin ──► joining again ──(all answered)──► flowing: requests are sent
 * </pre>
 */
final class Reception {
    private final ChatListener listener;
    private final ListenerThread thread;
    private final Supplier<BackOff> backOff;
    private final Requests requests;
    private final Positions positions;
    /** The open requests to join rooms again, by their {@code ref}. */
    private final Map<Ref, ClientMessage.Join> joining = new HashMap<>();

    /** The rooms that can't be joined again now, each with the pauses between the tries. */
    private final Map<RoomName, BackOff> retried = new HashMap<>();

    /** Receives the entries of the user's inbox. */
    private volatile Consumer<Entry> inbox = entry -> {};

    private ClientOutbox outbox;
    /** The user of the last welcome; null before the first. */
    private CallerId user;

    /** @param backOff makes the pauses between tries to join a room again */
    Reception(
            ChatListener listener,
            ListenerThread thread,
            Supplier<BackOff> backOff,
            Requests requests,
            Positions positions) {
        this.listener = listener;
        this.thread = thread;
        this.backOff = backOff;
        this.requests = requests;
        this.positions = positions;
    }

    /** From now on, the entries of the user's inbox go to this listener. Called by any thread. */
    void inbox(Consumer<Entry> entries) {
        inbox = Objects.requireNonNull(entries);
    }

    /** A connection was welcomed, and replaces the one before. */
    void begin(ClientOutbox of, ServerMessage.Welcome welcome) {
        outbox = of;
        requests.limit(welcome.limits());
        leaveRoomsOfAnother(welcome.caller());
        notify(() -> listener.welcomed(welcome));
        joining.clear();
        List.copyOf(retried.keySet()).forEach(this::settle);
        positions.rooms().forEach(this::joinAgain);
        flowOnceJoined();
    }

    /** The direct rooms of another user are others, even if they have the same names. */
    private void leaveRoomsOfAnother(CallerId now) {
        CallerId before = user;
        user = now;
        if (before == null || before.equals(now)) {
            return;
        }
        ParleyException why = new ParleyException(ErrorCode.FORBIDDEN, "you are another user now");
        requests.failDirect(why);
        positions.rooms().stream().filter(RoomName::isView).forEach(room -> {
            lose(room, why);
            notify(() -> listener.left(new ServerMessage.Left(null, room, why.getMessage())));
        });
    }

    private void joinAgain(RoomName room) {
        Ref ref = requests.nextRef();
        ClientMessage.Join join = positions.join(ref, room, null, null, ClientMessage.DEFAULT_LIMIT);
        joining.put(ref, join);
        outbox.offer(join);
    }

    /** Lets requests flow when all rooms are joined again. Before that, the server would reject messages to a room. */
    private void flowOnceJoined() {
        if (joining.isEmpty() && !outbox.isFlowing()) {
            outbox.flow();
            positions.reads().keySet().forEach(this::sendRead);
        }
    }

    /** Sends the read mark of a room again, if there is one and the client is in the room. */
    private void sendRead(RoomName room) {
        Long seq = positions.reads().get(room);
        if (seq != null && !retried.containsKey(room)) {
            outbox.offer(new ClientMessage.Read(room, seq));
        }
    }

    void hear(ServerMessage message) {
        if (message instanceof Entry entry) {
            hearEntry(entry);
        } else if (message instanceof ServerMessage.News news) {
            hearNews(news);
        } else if (message instanceof ServerMessage.Reply reply) {
            hearReply(reply);
        }
    }

    private void hearEntry(Entry entry) {
        switch (positions.take(entry)) {
            case NEXT -> {
                notify(() -> listener.entry(entry));
                if (entry.room().equals(RoomName.INBOX)) {
                    notify(() -> inbox.accept(entry));
                }
            }
            case RECEIVED_BEFORE -> {}
            case AFTER_A_GAP -> {
                // The reply brings the missing entries, and this entry again.
                if (!retried.containsKey(entry.room())
                        && joining.values().stream()
                                .noneMatch(join -> join.room().equals(entry.room()))) {
                    joinAgain(entry.room());
                }
            }
        }
    }

    private void hearNews(ServerMessage.News news) {
        if (news instanceof ServerMessage.Presence presence) {
            listener.presence(presence);
        } else if (news instanceof ServerMessage.Erased erased) {
            listener.erased(erased);
        } else if (news instanceof ServerMessage.Granted granted) {
            listener.granted(granted);
        } else if (news instanceof ServerMessage.Renamed renamed) {
            listener.renamed(renamed);
        } else if (news instanceof ServerMessage.Invited invited) {
            listener.invited(invited);
        } else if (news instanceof ServerMessage.Inbox inbox) {
            listener.invited(new ServerMessage.Invited(RoomName.INBOX, inbox.from(), inbox.caller(), inbox.seq()));
        } else if (news instanceof ServerMessage.Typing typing) {
            listener.typing(typing);
        } else if (news instanceof ServerMessage.Signal signal) {
            listener.signal(signal);
        } else if (news instanceof ServerMessage.Read read) {
            listener.read(read);
        } else if (news instanceof ServerMessage.Bye bye) {
            listener.bye(bye);
        }
    }

    private void hearReply(ServerMessage.Reply reply) {
        ClientMessage.Join again = joining.remove(reply.ref());
        if (reply instanceof ServerMessage.Joined joined) {
            hearJoined(joined, again == null ? requests.since(joined.ref()) : again.since());
        } else if (again != null && reply instanceof ServerMessage.Error error) {
            notJoinedAgain(again.room(), error);
        } else if (reply instanceof ServerMessage.Left left && left.ref() == null) {
            putOut(left);
        } else if (reply instanceof ServerMessage.Error error) {
            hearError(error);
        } else {
            if (reply instanceof ServerMessage.Left left) {
                settle(left.room());
                positions.left(left.room());
            }
            requests.end(reply);
        }
        flowOnceJoined();
        // After a reply, the next request may be sent.
        outbox.flushLater();
    }

    private void hearError(ServerMessage.Error error) {
        RoomName leaving = error.code() == ErrorCode.NOT_MEMBER ? requests.leaving(error.ref()) : null;
        if (leaving != null && (retried.containsKey(leaving) || requests.hasLeftAlready(error.ref()))) {
            // The room could not be joined again yet, or the server put the client out: it is not in the room, as
            // asked.
            hearReply(new ServerMessage.Left(error.ref(), leaving));
        } else if (!requests.end(error)) {
            notify(() -> listener.error(error));
        }
    }

    /** The server put the client out of a room. */
    private void putOut(ServerMessage.Left left) {
        if (positions.has(left.room())) {
            lose(left.room(), new ParleyException(ErrorCode.FORBIDDEN, left.reason()));
            notify(() -> listener.left(left));
        }
    }

    private void lose(RoomName room, ParleyException why) {
        positions.left(room);
        retried.remove(room);
        requests.lose(room, why);
    }

    /** Ends the tries to join a room again. @return whether there were any */
    private boolean settle(RoomName room) {
        boolean wasRetried = retried.remove(room) != null;
        requests.release(room);
        return wasRetried;
    }

    private void hearJoined(ServerMessage.Joined joined, Long since) {
        boolean wasRetried = settle(joined.room());
        boolean goesOn = positions.joined(joined, since);
        notify(() -> listener.joined(goesOn ? recovered(joined) : joined));
        requests.end(joined);
        joined.entries().forEach(this::hearEntry);
        if (wasRetried) {
            sendRead(joined.room());
        }
    }

    /**
     * Marks a reply as recovered. If the room continues from its position, the listener receives all entries after that
     * position, even where the request had no {@code since}.
     */
    private static ServerMessage.Joined recovered(ServerMessage.Joined joined) {
        return new ServerMessage.Joined(
                joined.ref(),
                joined.room(),
                joined.epoch(),
                joined.seq(),
                joined.members(),
                joined.callers(),
                joined.entries(),
                true,
                joined.reads(),
                joined.may(),
                joined.oldest(),
                joined.slow());
    }

    private void notJoinedAgain(RoomName room, ServerMessage.Error error) {
        switch (error.code()) {
            case TOO_FAST, UNAVAILABLE -> retry(room);
            case NOT_MEMBER -> {
                // The application joined or left the room meanwhile, and the reply to that request decides.
            }
            default -> {
                lose(room, new ParleyException(error.code(), error.message()));
                notify(() -> listener.error(error));
            }
        }
    }

    /** Tries to join a room again later, on the same connection. Until then, messages to this room wait. */
    private void retry(RoomName room) {
        requests.hold(room);
        BackOff pauses = retried.computeIfAbsent(room, unknown -> backOff.get());
        ClientOutbox present = outbox;
        CompletableFuture.delayedExecutor(pauses.next(0).toNanos(), TimeUnit.NANOSECONDS)
                .execute(() -> thread.add(0, () -> {
                    // The client may have another connection by now, or may have left the room.
                    if (outbox == present && retried.get(room) == pauses) {
                        joinAgain(room);
                    }
                }));
    }

    private static void notify(Runnable call) {
        ListenerThread.guard(call);
    }
}
