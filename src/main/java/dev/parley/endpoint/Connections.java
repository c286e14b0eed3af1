package dev.parley.endpoint;

import dev.parley.access.AccessPolicy;
import dev.parley.admission.ConnectionLimit;
import dev.parley.identity.Authenticators;
import dev.parley.identity.Identity;
import dev.parley.loop.Loop;
import dev.parley.loop.Loops;
import dev.parley.message.Caller;
import dev.parley.message.CloseCode;
import dev.parley.message.ConnectionState;
import dev.parley.message.ConnectionTransition;
import dev.parley.message.UserName;
import dev.parley.operator.OperatorLog;
import dev.parley.outbox.FrameWriter;
import dev.parley.outbox.MemoryBudget;
import dev.parley.outbox.Outbox;
import dev.parley.outbox.SocketWriter;
import dev.parley.room.NameRegister;
import dev.parley.room.Rooms;
import dev.parley.security.Quotas;
import dev.parley.security.SessionSecret;
import dev.parley.security.Sessions;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** All connections of this process, and what they share. Thread-safe. */
public final class Connections implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Connections.class.getName());
    private static final int CLOSERS = 16;

    private final Rules rules;
    private final AccessPolicy policy;
    private final ConnectionLimit connectionLimit;
    private final MemoryBudget budget;
    private final PageGate pageGate;
    private final Rooms rooms;
    private final NameRegister names;
    private final Sessions sessions;
    private final Authenticators authenticators;
    private final Loops loops;
    private final Consumer<ConnectionTransition> observer;
    private final OperatorLog operatorLog;
    private final AtomicLong numbers = new AtomicLong();
    private final ComeBacks comeBacks = new ComeBacks();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Connection> bySession = new ConcurrentHashMap<>();
    /** Its queue is bounded by the number of connections: each is ended there a few times, and waits there to be read on. */
    private final ThreadPoolExecutor closers;

    private final HttpSessions httpSessions = new HttpSessions();
    private final Quotas users;
    private final Quotas addresses;
    private final LingeringTransports lingering;
    private final Heartbeat heartbeat;
    private volatile boolean draining;

    /**
     * @param observer told each transition of each connection, under a lock of the connection: it must not block
     * @param threads makes the few threads that beat the heart and close connections
     */
    public Connections(
            Rules rules,
            AccessPolicy policy,
            ConnectionLimit connectionLimit,
            MemoryBudget budget,
            Rooms rooms,
            NameRegister names,
            Sessions sessions,
            Authenticators authenticators,
            Loops loops,
            Consumer<ConnectionTransition> observer,
            OperatorLog operatorLog,
            ThreadFactory threads) {
        this.rules = rules;
        this.policy = policy;
        this.connectionLimit = connectionLimit;
        this.budget = budget;
        this.pageGate = new PageGate(budget, rules.largestPage());
        this.rooms = rooms;
        this.names = names;
        this.sessions = sessions;
        this.authenticators = authenticators;
        this.loops = loops;
        this.observer = observer;
        this.operatorLog = operatorLog;
        this.closers = new ThreadPoolExecutor(
                CLOSERS,
                CLOSERS,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                threads,
                // After the end there is nothing left to close.
                new ThreadPoolExecutor.DiscardPolicy());
        closers.allowCoreThreadTimeOut(true);
        // One message passes at least, however small the quota is.
        double least = 2.0 * Math.max(rules.limits().text(), rules.limits().binary());
        this.users = new Quotas(rules.bytes(), least);
        this.addresses = new Quotas(rules.bytesOfAddress(), least);
        this.lingering = new LingeringTransports(connectionLimit.most(), this::later);
        this.heartbeat =
                new Heartbeat(open, lingering, rules.heartbeat(), new MemoryRelief(budget, pageGate, open), threads);
    }

    /** A WebSocket has opened. It is told to go where there are too many: handshakes that run at once all pass. */
    Connection open(Session session, Transport transport) {
        ConnectionLimit.Permit permit = connectionLimit.take(transport.address());
        Connection connection;
        try {
            connection = new Connection(this, numbers.incrementAndGet(), session, transport, permit);
        } catch (RuntimeException | Error e) {
            permit.free();
            if (session.isOpen()) {
                LOG.log(Level.ERROR, "A connection could not be opened", e);
                later(() -> close(session));
            }
            throw e;
        }
        open.add(connection);
        httpSessions.joined(connection);
        if (draining) {
            goAway(connection);
        }
        permit.full().ifPresent(full -> {
            long retryAfter = TimeUnit.SECONDS.toMillis(ConnectionLimit.retryAfterSeconds());
            connection.close(CloseCode.TRY_LATER, full.sentence, retryAfter);
        });
        return connection;
    }

    private static void close(Session unopened) {
        try {
            unopened.close(CloseReasons.of(CloseCode.INTERNAL, "the server could not open the connection"));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "A connection that could not be opened was closed already", e);
        }
    }

    /** Those that are open, for the application. */
    public OpenConnections ofApplication() {
        return new OpenConnections(open);
    }

    OperatorLog operatorLog() {
        return operatorLog;
    }

    Allowance allowance(String address) {
        return new Allowance(users, addresses, address);
    }

    Rules rules() {
        return rules;
    }

    MemoryBudget budget() {
        return budget;
    }

    HttpSessions httpSessions() {
        return httpSessions;
    }

    PageGate pageGate() {
        return pageGate;
    }

    Rooms rooms() {
        return rooms;
    }

    Sessions sessions() {
        return sessions;
    }

    Authenticators authenticators() {
        return authenticators;
    }

    AccessPolicy policy() {
        return policy;
    }

    /** The one on which a connection's outbox sends. */
    Loop loop(Connection connection) {
        return loops.of(Long.hashCode(connection.number));
    }

    Outbox outbox(Connection connection, RemoteEndpoint.Async remote, SocketWriter bytes, Outbox.Troubles troubles) {
        return new Outbox(
                new FrameWriter(remote, bytes), loop(connection), rules.limits().queue(), budget, troubles);
    }

    /**
     * Makes a connection its user's; an older one of the same session and tab is closed.
     *
     * @param tab which connection of its session this is, or null
     */
    void admit(Connection connection, Identity identity, SessionSecret secret, String tab) {
        String session = identity.key() + " " + secret.fingerprint() + (tab == null ? "" : " " + tab);
        connection.identify(names.claim(identity.name(), identity.key()), session, identity.until());
        Connection older = bySession.put(session, connection);
        if (older != null) {
            older.close(CloseCode.REPLACED, "a newer connection of this session took over", null);
        }
    }

    /** @param network that the peer came from; empty where it isn't known */
    void release(Connection connection, String network) {
        if (connection.user() != null) {
            bySession.remove(connection.sessionKey(), connection);
            // A user who has gone comes back under its name: no guest is to be taken for it meanwhile.
            if (connection.isLost() || connection.user().caller().kind() != Caller.Kind.GUEST) {
                names.hold(connection.user(), network);
            } else {
                names.release(connection.user());
            }
        }
    }

    void forget(Connection connection) {
        open.remove(connection);
        httpSessions.left(connection);
        lingering.add(connection.transport);
    }

    void transition(Connection connection, ConnectionState from, ConnectionState to) {
        UserName name = connection.user() == null ? null : connection.user().name();
        observer.accept(new ConnectionTransition(connection.number, name, from, to));
    }

    /** Runs what may take its time, off the loops and the container's threads. */
    void later(Runnable task) {
        closers.execute(task);
    }

    /** Milliseconds, different for each client. */
    long comeBackAfter() {
        return comeBacks.next();
    }

    private void goAway(Connection connection) {
        try {
            connection.close(CloseCode.GOING_AWAY, "the server is going away", comeBackAfter());
        } catch (RuntimeException | Error e) {
            // The others are to hear of it in any case.
            connection.broke(e.toString());
        }
    }

    /**
     * Says good-bye to everyone and waits until all have gone, at most as long as the rules allow; who is still here
     * then is cut off. Who comes later is sent away at once. Of those that have gone, each is to take its close frame: what
     * is left of the time goes to the connections that still send it.
     */
    public void drain() {
        operatorLog.drains(open.size(), rules.drain());
        draining = true;
        open.forEach(this::goAway);
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
        open.forEach(connection -> connection.broke("the shutdown would not wait longer"));
    }

    @Override
    public void close() {
        heartbeat.close();
        closers.shutdownNow();
        lingering.cutAll();
    }
}
