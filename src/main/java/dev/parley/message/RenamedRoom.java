package dev.parley.message;

import java.util.List;

/** Gives messages of the server another name of the room that they are about. Pure functions. */
public final class RenamedRoom {
    private RenamedRoom() {}

    /** The same message with this name of its room; the message itself if it is about no room. */
    public static ServerMessage renamed(ServerMessage message, RoomName room) {
        if (message instanceof Entry entry) {
            return renamed(entry, room);
        } else if (message instanceof ServerMessage.Said said) {
            return new ServerMessage.Said(said.ref(), room, said.seq(), said.id(), said.at());
        } else if (message instanceof ServerMessage.Typing typing) {
            return new ServerMessage.Typing(room, typing.user());
        } else if (message instanceof ServerMessage.Read read) {
            return new ServerMessage.Read(room, read.user(), read.seq());
        } else if (message instanceof ServerMessage.Signal signal) {
            return new ServerMessage.Signal(room, signal.from(), signal.caller(), signal.body());
        } else if (message instanceof ServerMessage.Presence presence) {
            return new ServerMessage.Presence(room, presence.user(), presence.caller(), presence.online());
        } else if (message instanceof ServerMessage.History page) {
            return new ServerMessage.History(
                    page.ref(), room, renamed(page.entries(), room), page.more(), page.oldest());
        } else if (message instanceof ServerMessage.Fetched part) {
            return new ServerMessage.Fetched(part.ref(), room, part.seq(), part.size(), part.offset(), part.data());
        } else if (message instanceof ServerMessage.Joined joined) {
            return renamed(joined, room);
        } else if (message instanceof ServerMessage.Left left) {
            return new ServerMessage.Left(left.ref(), room, left.reason());
        } else if (message instanceof ServerMessage.Granted granted) {
            return new ServerMessage.Granted(room, granted.may(), granted.slow());
        } else if (message instanceof ServerMessage.Erased erased) {
            return new ServerMessage.Erased(room, erased.seq(), erased.from(), erased.older());
        } else if (message instanceof ServerMessage.Invited invited) {
            return new ServerMessage.Invited(room, invited.from(), invited.caller(), invited.seq());
        } else if (message instanceof ServerMessage.Moderated moderated) {
            return new ServerMessage.Moderated(moderated.ref(), room, moderated.action());
        }
        return message;
    }

    private static Entry renamed(Entry entry, RoomName room) {
        return new Entry(
                room, entry.seq(), entry.id(), entry.from(), entry.caller(), entry.at(), entry.body(), entry.erased());
    }

    private static List<Entry> renamed(List<Entry> entries, RoomName room) {
        return entries.stream().map(entry -> renamed(entry, room)).toList();
    }

    private static ServerMessage renamed(ServerMessage.Joined joined, RoomName room) {
        return new ServerMessage.Joined(
                joined.ref(),
                room,
                joined.epoch(),
                joined.seq(),
                joined.members(),
                joined.callers(),
                renamed(joined.entries(), room),
                joined.recovered(),
                joined.reads(),
                joined.may(),
                joined.oldest(),
                joined.slow());
    }
}
