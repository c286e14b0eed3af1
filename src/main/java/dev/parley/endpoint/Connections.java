package dev.parley.endpoint;

import dev.parley.access.AccessPolicy;
import dev.parley.admission.ConnectionLimit;
import dev.parley.identity.Authenticators;
import dev.parley.log.ModerationLog;
import dev.parley.loop.Loops;
import dev.parley.message.CloseCode;
import dev.parley.message.ConnectionTransition;
import dev.parley.operator.OperatorLog;
import dev.parley.outbox.MemoryBudget;
import dev.parley.room.NameRegister;
import dev.parley.room.Rooms;
import dev.parley.security.Quotas;
import dev.parley.security.RoomsJoined;
import dev.parley.security.Sessions;
import dev.parley.transport.LingeringTransports;
import dev.parley.transport.Transport;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** All connections of this process: it opens, checks and drains them. Thread-safe. */
public final class Connections implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Connections.class.getName());
    private static final int CLOSERS = 16;

    private final Rules rules;
    private final ConnectionLimit connectionLimit;
    private final OperatorLog operatorLog;
    private final AtomicLong numbers = new AtomicLong();
    private final Set<ConnectedMember> open = ConcurrentHashMap.newKeySet();
    /** The number of connections bounds its queue: each has a few tasks at its end, and one while its reading is paused. */
    private final ThreadPoolExecutor closers;
    /**
     * Applies the actions of moderators, in the order in which they were stored. It never waits for a container, as closers do.
     * Its queue has one action of each connection at most, and those for which stages of the application are open.
     */
    private final ThreadPoolExecutor moderating;

    private final SharedResources shared;
    private final Backend backend;
    private final Moderation moderation;
    private final PageGate pageGate;
    private final HttpSessions httpSessions;
    private final Quotas users;
    private final Quotas addresses;
    private final LingeringTransports lingering;
    private final Heartbeat heartbeat;
    private volatile boolean draining;

    /**
     * @param observer notified of each transition of each connection, under a lock of the connection: it must not block
     * @param threads makes the threads of the heartbeat, those that close connections, and the one that applies what moderators do
     */
    public Connections(
            Rules rules,
            AccessPolicy policy,
            DraftReview review,
            ConnectionLimit connectionLimit,
            MemoryBudget budget,
            ModerationLog log,
            Rooms rooms,
            NameRegister names,
            Sessions sessions,
            Authenticators authenticators,
            Loops loops,
            Consumer<ConnectionTransition> observer,
            OperatorLog operatorLog,
            ThreadFactory threads) {
        this.rules = rules;
        this.connectionLimit = connectionLimit;
        this.operatorLog = operatorLog;
        // After the end no connection is left to close.
        this.closers = pool(CLOSERS, threads, new ThreadPoolExecutor.DiscardPolicy());
        this.moderating = pool(1, threads, new ThreadPoolExecutor.AbortPolicy());
        this.shared = new SharedResources(
                rules, authenticators.signIn(), budget, loops, closers, new ComeBacks(), observer, operatorLog);
        this.httpSessions = new HttpSessions(closers);
        this.moderation = new Moderation(log, rooms, policy, ofApplication(), moderating);
        this.backend = new Backend(
                rules,
                policy,
                review,
                rooms,
                authenticators,
                sessions,
                new SessionRegister(names),
                httpSessions,
                moderation,
                new SlowMode(),
                new DailyQuotas(rules.quotas()),
                new RoomsJoined(rules.quotas().roomsOfUser(), rules.quotas().roomsOfAddress()));
        this.pageGate = new PageGate(budget, rules.largestPage());
        // Even the smallest quota allows one message of any size.
        double least = 2.0 * Math.max(rules.limits().text(), rules.limits().binary());
        this.users = new Quotas(rules.bytes(), least);
        this.addresses = new Quotas(rules.bytesOfAddress(), least);
        this.lingering = new LingeringTransports(connectionLimit.most(), closers);
        this.heartbeat =
                new Heartbeat(open, lingering, rules.heartbeat(), new MemoryRelief(budget, pageGate, open), threads);
    }

    private static ThreadPoolExecutor pool(int size, ThreadFactory threads, RejectedExecutionHandler atTheEnd) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads, atTheEnd);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /**
     * A WebSocket has opened. If there are too many connections, this one is closed: simultaneous handshakes can pass the
     * limit together.
     */
    ConnectedMember open(Session session, Transport transport) {
        ConnectionLimit.Permit permit = connectionLimit.take(transport.address());
        Allowance allowance = new Allowance(users, addresses, transport.address());
        ConnectedMember member;
        try {
            Connection connection =
                    new Connection(numbers.incrementAndGet(), session, transport, permit, allowance, shared);
            member = new ConnectedMember(connection, backend, pageGate, this::forget);
            member.open();
        } catch (RuntimeException | Error e) {
            permit.free();
            allowance.end();
            if (session.isOpen()) {
                LOG.log(Level.ERROR, "A connection could not be opened", e);
                later(() -> close(session));
            }
            throw e;
        }
        open.add(member);
        // Its first messages may have been handled just before a ban that did not find it here.
        member.conversation().recheckAll();
        httpSessions.joined(member.connection());
        if (draining) {
            goAway(member.connection());
        }
        permit.full().ifPresent(full -> {
            long retryAfter = TimeUnit.SECONDS.toMillis(ConnectionLimit.retryAfterSeconds());
            member.connection().close(CloseCode.TRY_LATER, full.sentence, retryAfter);
        });
        return member;
    }

    private static void close(Session unopened) {
        try {
            unopened.close(CloseReasons.of(CloseCode.INTERNAL, "the server could not open the connection"));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "A connection that could not be opened was closed already", e);
        }
    }

    private void forget(ConnectedMember ended) {
        open.remove(ended);
        httpSessions.left(ended.connection());
        lingering.add(ended.connection().transport);
    }

    /** The open connections, for the application. */
    public OpenConnections ofApplication() {
        return new OpenConnections(open);
    }

    /** The actions of moderators. */
    public Moderation moderation() {
        return moderation;
    }

    Rules rules() {
        return rules;
    }

    HttpSessions httpSessions() {
        return httpSessions;
    }

    /** Runs a task that may take seconds, off the loops and the container's threads. */
    void later(Runnable task) {
        closers.execute(task);
    }

    private static void goAway(Connection connection) {
        try {
            connection.closeWithRetry(CloseCode.GOING_AWAY, "the server is going away");
        } catch (RuntimeException | Error e) {
            // The other connections are closed in any case.
            connection.broke(e.toString());
        }
    }

    /**
     * Closes all connections, and blocks until they have ended, at most for {@link Rules#drain}. Then the remaining
     * connections are cut. New connections are closed at once. A connection that has ended may still be sending its close
     * frame, which takes place in the same time.
     */
    public void drain() {
        operatorLog.drains(open.size(), rules.drain());
        draining = true;
        open.forEach(member -> goAway(member.connection()));
        long deadline = System.nanoTime() + rules.drain().toNanos();
        while (!(open.isEmpty() && lingering.haveEnded()) && System.nanoTime() < deadline) {
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        operatorLog.drained(open.size());
        open.forEach(member -> member.connection().broke("the shutdown would not wait longer"));
    }

    /** Ends the heartbeat, and cuts the TCP connections that are left. */
    @Override
    public void close() {
        heartbeat.close();
        moderating.shutdown();
        closers.shutdownNow();
        lingering.cutAll();
    }
}
