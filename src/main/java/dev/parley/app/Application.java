package dev.parley.app;

import dev.parley.Parley;
import dev.parley.access.AccessPolicy;
import dev.parley.access.StandingCache;
import dev.parley.admission.Admission;
import dev.parley.admission.ConnectionLimit;
import dev.parley.admission.Hosts;
import dev.parley.config.Settings;
import dev.parley.endpoint.Connections;
import dev.parley.endpoint.DraftReview;
import dev.parley.endpoint.Entrance;
import dev.parley.endpoint.Rules;
import dev.parley.identity.Authenticators;
import dev.parley.log.MessageLog;
import dev.parley.log.durable.Database;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.loop.Loops;
import dev.parley.message.ConnectionTransition;
import dev.parley.message.Entry;
import dev.parley.message.UserName;
import dev.parley.operator.Incident;
import dev.parley.operator.OperatorLog;
import dev.parley.outbox.MemoryBudget;
import dev.parley.room.NameRegister;
import dev.parley.room.Relay;
import dev.parley.room.Rooms;
import dev.parley.security.Sessions;
import dev.parley.transaction.TransactionQueue;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Clock;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Puts the parts of Parley together, in every container and in the standalone server. It starts the parts with the
 * application, produces the beans for injection, and closes the parts in an order in which nothing is lost. Thread-safe.
 */
@ApplicationScoped
public class Application {
    private static final int STAGE_THREADS = 4;
    /** The name under which the application sends, unless it chooses another one. */
    private static final UserName OWN_NAME = new UserName("server");

    private static final EarBeans<Application> EARS = new EarBeans<>();

    @Inject
    private DatabaseChoice databaseChoice;

    @Inject
    private RelayChoice relayChoice;

    @Inject
    private AuthenticatorChoice authenticatorChoice;

    @Inject
    private PolicyChoice policyChoice;

    @Inject
    private ApplicationObservers observers;

    private final AtomicBoolean ended = new AtomicBoolean();
    private Settings settings;
    private MessageLog log;
    private Loops loops;
    private EventDispatch<Entry> entries;
    private ThreadPoolExecutor stages;
    private Completions completions;
    private Relay relay;
    private Rooms rooms;
    private DraftReview review;
    private DurableObservers durable;
    private TransactionQueue transactions;
    private EventDispatch<ConnectionTransition> transitions;
    private ConnectionLimit connectionLimit;
    private Authenticators authenticators;
    private Connections connections;
    private volatile OperatorLog operatorLog;
    private AccessPolicy policy;
    private Parley parley;
    /** Null if Parley has started. */
    private StartFailure failure;

    /** The name of the EAR; null if the application is none. */
    private String ear;
    /** Has the parts: this bean, or another one of the same EAR. */
    private Application first = this;
    /** The context paths of the WARs that use this bean. WildFly 39 has one bean for all WARs of an EAR. */
    private final Set<String> users = ConcurrentHashMap.newKeySet();

    /** If it threw, the error of the deployment would be WELD-000049 in Payara 6, without the reason. */
    @PostConstruct
    void assemble() {
        ear = ApplicationName.isKnown() && ApplicationName.isOfSeveral() ? ApplicationName.current() : null;
        first = ear == null ? this : EARS.add(ear, this);
        if (first == this) {
            assembleParts();
        } else {
            failure = first.failure;
        }
    }

    private void assembleParts() {
        try {
            settings = ApplicationName.isKnown() ? ContainerSettings.read() : Settings.ofSystem();
            start();
        } catch (RuntimeException | Error e) {
            // Otherwise the folder would stay locked, and the next start would fail.
            end();
            failure = new StartFailure(e);
        }
    }

    private void start() {
        StandingNews standings = new StandingNews(
                new StandingCache(room -> log.standings(room)),
                room -> connections.moderation().inDoubt(room));
        policy = policyChoice.open(settings, standings.cache());
        Database database = databaseChoice.open(settings);
        NameRegister names = new NameRegister(user -> log.reserve(user));
        log = GroupCommitLog.open(
                database, new Threads("log"), settings.keep(), this::deleted, names::reserve, standings);
        standings.start(log);
        loops = new Loops(Math.max(2, Runtime.getRuntime().availableProcessors()), new Threads("loop"));
        entries = observers.ofEntries(log);
        durable = observers.ofAllEntries(log);
        review = observers.ofDrafts(settings, log);
        stages = ApplicationThreads.pool("stages", STAGE_THREADS);
        relay = relayChoice.open(settings);
        OwnNames ownNames = new OwnNames(names);
        transactions = TransactionQueues.open(settings, log, ownNames, stages);
        operatorLog = new OperatorLog(Facts.of(settings, database, policy, transactions), new Threads("operator-log"));
        transitions = observers.ofTransitions();
        rooms = new Rooms(log, relay, loops, durable.after(entries));
        rooms.start();
        Rules rules = new Rules(
                settings.limits(),
                settings.burst(),
                settings.bytes(),
                settings.bytesOfAddress(),
                settings.quotas(),
                settings.heartbeat(),
                settings.draftTimeout(),
                settings.drain());
        connectionLimit = new ConnectionLimit(settings.connections(), settings.connectionsOfAddress());
        Sessions sessions = new Sessions(database.sessionKey(), settings.sessionAge(), Clock.systemUTC());
        authenticators = authenticatorChoice.open(settings);
        connections = new Connections(
                rules,
                policy,
                review,
                connectionLimit,
                new MemoryBudget(settings.memory()),
                log,
                rooms,
                names,
                sessions,
                authenticators,
                loops,
                transitions,
                operatorLog,
                new Threads("connections"));
        policy.watch(new Threads("access-rules"), this::policyChanged);
        completions = new Completions(stages);
        parley = new LocalParley(
                new LocalParley.Engine(
                        log,
                        rooms,
                        ownNames,
                        connections,
                        settings.limits(),
                        completions,
                        new Outgoing(log, completions, transactions)),
                OWN_NAME);
        // The last steps, because these observers may use all of this at once, and get the entries of all of it.
        durable.start();
        if (transactions != null) {
            transactions.start();
        }
    }

    /** Called on the thread of the log's writer, perhaps before the operator's log is there. */
    private void deleted(int entries) {
        OperatorLog counting = operatorLog;
        if (counting != null) {
            counting.count(Incident.DELETED, entries);
        }
    }

    private void policyChanged() {
        connections.ofApplication().recheck();
        operatorLog.policyChanged(policy);
    }

    /** Creates this bean, and throws what kept it from starting. */
    void ready() {
        StartFailure.raise(failure);
    }

    /** The same for a WAR. In an EAR, the parts do not end before it. */
    void ready(String contextPath) {
        users.add(contextPath);
        ready();
    }

    /**
     * Ends Parley while connections still work and classes can still be loaded: Payara 6.2025.9 has stopped the class loader
     * when it calls {@code @PreDestroy}. It runs after the application's own observers, so that they can send a last message. In an EAR
     * it is called for each WAR, and the last one counts.
     */
    void stopping(
            @Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) @BeforeDestroyed(ApplicationScoped.class)
                    Object application) {
        if (failure == null && (ear == null || isLast(application) && EARS.remove(ear, this))) {
            first.connections.drain();
            first.closeParts();
        }
    }

    /** Whether no other WAR uses this bean. */
    private boolean isLast(Object application) {
        String contextPath = ApplicationName.contextPath(application);
        if (contextPath != null) {
            users.remove(contextPath);
        }
        return users.isEmpty();
    }

    /**
     * The parts that the standalone server needs. They can't be injected into beans.
     *
     * @param drain sends {@code bye} to every connection, and blocks until all have ended, at most for {@code parley.drain}
     */
    public record Parts(Admission admission, OperatorLog operatorLog, Runnable drain) {
        public static Parts of(Instance<Object> beans) {
            return beans.select(Application.class).get().parts();
        }
    }

    Parts parts() {
        return new Parts(admission(), operatorLog, connections::drain);
    }

    /** Closes all parts, each even if others fail. If the log stayed open, its folder would stay locked. */
    @PreDestroy
    void end() {
        if (ear == null || EARS.end(ear, this)) {
            first.closeParts();
        }
    }

    private void closeParts() {
        if (ended.getAndSet(true)) {
            return;
        }
        Stream.<AutoCloseable>of(
                        connections,
                        authenticators,
                        policy,
                        review,
                        durable,
                        transactions,
                        log,
                        relay,
                        loops,
                        entries,
                        transitions,
                        this::endStages,
                        completions,
                        operatorLog)
                .filter(Objects::nonNull)
                .forEach(Application::close);
    }

    /** The log has ended, so the results of all stages are here. Stages that do not end in time fail with the completions. */
    private void endStages() throws InterruptedException {
        if (stages != null) {
            stages.shutdown();
            if (!stages.awaitTermination(1, TimeUnit.SECONDS)) {
                stages.shutdownNow();
            }
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception | Error e) {
            System.getLogger(Application.class.getName())
                    .log(System.Logger.Level.WARNING, "a part of Parley failed to close", e);
        }
    }

    /** A normal scope, so that beans of passivating scopes can hold it. */
    @Produces
    @ApplicationScoped
    Parley parley() {
        StartFailure.raise(failure);
        return first.parley;
    }

    @Produces
    @Singleton
    Entrance entrance() {
        StartFailure.raise(failure);
        return new Entrance(
                first.connections, first.operatorLog, () -> PolicyChoice.roles(first.settings, first.policy));
    }

    @Produces
    @Singleton
    Admission admission() {
        StartFailure.raise(failure);
        Settings set = first.settings;
        Hosts hosts =
                ApplicationName.isKnown() ? set.hosts().orAny() : set.hosts().and(set.host());
        return new Admission(set.origins(), hosts, set.proxies(), first.connectionLimit, first.operatorLog);
    }

    @Produces
    @Named("parley.greeter")
    boolean greeter() {
        StartFailure.raise(failure);
        return first.settings.greeter();
    }
}
