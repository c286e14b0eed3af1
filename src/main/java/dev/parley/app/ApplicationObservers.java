package dev.parley.app;

import dev.parley.Before;
import dev.parley.Durable;
import dev.parley.InRoom;
import dev.parley.config.Settings;
import dev.parley.endpoint.DraftReview;
import dev.parley.log.MessageLog;
import dev.parley.message.CallerId;
import dev.parley.message.ConnectionState;
import dev.parley.message.ConnectionTransition;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;

/**
 * Finds the observers of the application. Its methods are called once each, on a thread of the application while it starts. They
 * throw a {@link dev.parley.config.SettingsException} if an observer can't be what its annotations say. Stateless.
 */
@Dependent
class ApplicationObservers {
    private static final Entry ANY_ENTRY =
            Entry.erased(new RoomName("any"), 1, null, new UserName("any"), CallerId.GUEST, Instant.EPOCH);
    private static final ConnectionTransition ANY_TRANSITION =
            new ConnectionTransition(0, null, ConnectionState.CONNECTING, ConnectionState.OPEN);

    @Inject
    private BeanManager beans;

    @Inject
    private Instance<RequestContextController> requests;

    /** The observers of entries while the application runs. */
    EventDispatch<Entry> ofEntries(MessageLog log) {
        Observers.refuse(beans, Entry.class, ANY_ENTRY, List.of(Before.class));
        return new EventDispatch<>(
                "entries",
                Observers.of(beans, ANY_ENTRY, Observers.IN_ROOM),
                Entry::room,
                requests::get,
                new MissedEntries(log));
    }

    /** The observers of entries that have a position. May wait for the log, which is not started yet. */
    DurableObservers ofAllEntries(MessageLog log) {
        return DurableObservers.find(beans, ANY_ENTRY, log, requests::get);
    }

    /** The observers of messages before they are stored. */
    DraftReview ofDrafts(Settings settings, MessageLog log) {
        return DraftObservers.find(beans, settings.limits(), log, requests::get);
    }

    EventDispatch<ConnectionTransition> ofTransitions() {
        Observers.refuse(
                beans, ConnectionTransition.class, ANY_TRANSITION, List.of(Before.class, Durable.class, InRoom.class));
        return new EventDispatch<>(
                "transitions",
                Observers.of(beans, ANY_TRANSITION),
                transition -> null,
                requests::get,
                new DroppedTransitions());
    }
}
