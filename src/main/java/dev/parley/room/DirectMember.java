package dev.parley.room;

import dev.parley.log.User;
import dev.parley.message.CallerId;
import dev.parley.message.DirectRooms;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RenamedRoom;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.time.Duration;
import java.util.Set;

/**
 * A member of a direct room. Each of its two users knows the room by another name, so each message is changed before it is sent.
 * Messages of all other rooms are encoded once for all members and never come here. Thread-safe as its member is.
 *
 * @param room with both ids
 * @param shown the name that the member knows
 */
record DirectMember(Member member, RoomName room, RoomName shown) implements Member {

    /**
     * The member as a room of this name sees it: itself, if the room is not direct.
     *
     * @throws ParleyException with {@code forbidden} if this is a direct room of others
     */
    static Member of(Member member, RoomName room) {
        if (!room.isDirect()) {
            return member;
        }
        CallerId caller = member.user().id();
        if (!DirectRooms.isOf(caller, room)) {
            throw new ParleyException(ErrorCode.FORBIDDEN, "a direct room is for its two users alone");
        }
        return new DirectMember(member, room, DirectRooms.shownTo(caller, room));
    }

    private ServerMessage shown(ServerMessage message) {
        if (message instanceof ServerMessage.Error error) {
            return new ServerMessage.Error(error.ref(), error.code(), sentence(error.message()), error.retryAfter());
        }
        if (message instanceof ServerMessage.Left left && left.reason() != null) {
            return new ServerMessage.Left(left.ref(), shown, sentence(left.reason()));
        }
        return RenamedRoom.renamed(message, shown);
    }

    private String sentence(String ofServer) {
        return DirectRooms.shownTo(user().id(), room, ofServer);
    }

    @Override
    public User user() {
        return member.user();
    }

    @Override
    public void tell(ServerMessage message) {
        member.tell(shown(message));
    }

    @Override
    public void tell(Broadcast broadcast) {
        member.tell(broadcast.in(shown));
    }

    @Override
    public boolean offer(Broadcast broadcast) {
        return member.offer(broadcast.in(shown));
    }

    @Override
    public boolean hint(Object key, Broadcast broadcast) {
        return member.hint(key, broadcast.in(shown));
    }

    @Override
    public void whenReady(PageTurn turn) {
        member.whenReady(turn);
    }

    @Override
    public boolean fetches() {
        return member.fetches();
    }

    @Override
    public boolean mayRead() {
        return member.mayRead();
    }

    @Override
    public Set<Permission> permissions(RoomName of) {
        return member.permissions(of);
    }

    @Override
    public Duration slow(RoomName of) {
        return member.slow(of);
    }

    @Override
    public ParleyException refusalToRead(RoomName of) {
        return member.refusalToRead(of);
    }

    @Override
    public void lost(ParleyException why) {
        member.lost(new ParleyException(why.code(), sentence(why.getMessage()), why));
    }

    /** Replaces the method of the record, as {@link #hashCode} does, for the reason of {@link CallerId#equals}. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DirectMember direct && member.equals(direct.member) && room.equals(direct.room);
    }

    @Override
    public int hashCode() {
        return 31 * member.hashCode() + room.hashCode();
    }
}
