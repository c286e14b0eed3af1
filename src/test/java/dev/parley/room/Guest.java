package dev.parley.room;

import dev.parley.log.User;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it is told, or throws instead. */
final class Guest implements Member {
    final List<ServerMessage> told = new CopyOnWriteArrayList<>();
    final List<ServerMessage> hinted = new CopyOnWriteArrayList<>();
    final List<PageTurn> turns = new CopyOnWriteArrayList<>();
    final List<Throwable> failedTurns = new CopyOnWriteArrayList<>();
    final List<ParleyException> lost = new CopyOnWriteArrayList<>();
    volatile boolean turnsBeginLater;
    volatile boolean turnsThrow;
    volatile boolean throwing;
    volatile boolean dropsHints;
    volatile boolean overQuota;
    /** Why it may not be sent what it asked for; null where it may. */
    volatile ParleyException refusal;

    volatile User user = RoomScenario.ANN;

    volatile Set<Permission> permissions = EnumSet.allOf(Permission.class);

    List<Long> seqs() {
        return told.stream()
                .filter(message -> message instanceof Entry)
                .map(message -> ((Entry) message).seq())
                .toList();
    }

    boolean hasJoined() {
        return told.stream().anyMatch(ServerMessage.Joined.class::isInstance);
    }

    @Override
    public User user() {
        return user;
    }

    @Override
    public void tell(ServerMessage message) {
        if (throwing) {
            throw new AssertionError("on purpose");
        }
        told.add(message);
    }

    @Override
    public void tell(Broadcast broadcast) {
        broadcast.messages().forEach(this::tell);
    }

    @Override
    public boolean offer(Broadcast broadcast) {
        tell(broadcast);
        return true;
    }

    @Override
    public boolean hint(Object key, Broadcast broadcast) {
        if (dropsHints) {
            return false;
        }
        hinted.addAll(broadcast.messages());
        return true;
    }

    @Override
    public void whenReady(PageTurn turn) {
        if (turnsThrow) {
            throw new AssertionError("on purpose");
        }
        if (turnsBeginLater) {
            turns.add(turn);
            return;
        }
        turn.begin().whenComplete((nothing, failure) -> {
            if (failure != null) {
                failedTurns.add(failure);
            }
        });
    }

    @Override
    public boolean mayRead() {
        return !overQuota;
    }

    @Override
    public Set<Permission> permissions(RoomName room) {
        return permissions;
    }

    @Override
    public ParleyException refusalToRead(RoomName room) {
        return refusal;
    }

    @Override
    public void lost(ParleyException why) {
        lost.add(why);
    }
}
