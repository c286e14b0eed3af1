package dev.parley.endpoint;

import dev.parley.access.AccessPolicy;
import dev.parley.identity.Authenticators;
import dev.parley.room.Rooms;
import dev.parley.security.RoomsJoined;
import dev.parley.security.Sessions;

/** The parts of the server that handle the messages of peers. Immutable, thread-safe. */
record Backend(
        Rules rules,
        AccessPolicy policy,
        DraftReview review,
        Rooms rooms,
        Authenticators authenticators,
        Sessions sessions,
        SessionRegister register,
        HttpSessions httpSessions,
        Moderator moderator,
        SlowMode slowMode,
        DailyQuotas quotas,
        RoomsJoined roomsJoined) {}
