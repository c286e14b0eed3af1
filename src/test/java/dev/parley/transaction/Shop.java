package dev.parley.transaction;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.UserTransaction;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.DraftId;
import dev.parley.log.DraftListener;
import dev.parley.log.DraftResult;
import dev.parley.log.MessageLog;
import dev.parley.log.Range;
import dev.parley.log.User;
import dev.parley.log.durable.GroupCommitLog;
import dev.parley.log.sqlite.SqliteDatabase;
import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/** An application with its log, its transactions and its database, outside a container. Thread-safe. */
public final class Shop implements AutoCloseable {
    public static final RoomName ROOM = new RoomName("shop");
    public static final User SERVER = new User("bean:server", new UserName("server"));

    public final MessageLog log;
    public final TransactionQueue queue;

    /** Work in a transaction, which is rolled back if it throws. */
    public interface Work {
        void run() throws Exception;
    }

    static {
        // Its transactions have one resource, so there is nothing to remember of them.
        for (String store : new String[] {null, "communicationStore", "stateStore"}) {
            BeanPopulator.getNamedInstance(ObjectStoreEnvironmentBean.class, store)
                    .setObjectStoreType(VolatileStore.class.getName());
        }
        arjPropertyManager.getCoordinatorEnvironmentBean().setTransactionStatusManagerEnable(false);
    }

    /** @param queue is not started yet */
    private Shop(Path folder, Function<MessageLog, TransactionQueue> queue) {
        log = GroupCommitLog.open(
                SqliteDatabase.open(folder.resolve("log"), OptionalLong.empty(), Executors.defaultThreadFactory()),
                Executors.defaultThreadFactory());
        log.start(
                new DraftListener() {
                    @Override
                    public void stored(List<Appended> batch) {
                        batch.forEach(one -> one.draft().outcome().said(one.entry()));
                    }

                    @Override
                    public void refused(List<Draft> drafts, ParleyException why) {
                        drafts.forEach(draft -> draft.outcome().refused(why));
                    }

                    @Override
                    public void unknown(List<Draft> drafts, ParleyException why) {
                        drafts.forEach(draft -> draft.outcome().unknown(why));
                    }
                },
                entries -> {});
        this.queue = queue.apply(log);
    }

    /** Its messages wait for the commit in memory. */
    public static Shop inMemory(Path folder, long mostBytes) {
        return inMemory(folder, mostBytes, log -> log, failure -> {});
    }

    /** @param between what stands between the queue and the log */
    static Shop inMemory(
            Path folder, long mostBytes, Function<MessageLog, MessageLog> between, Consumer<Throwable> failures) {
        return new Shop(
                        folder,
                        log -> new VolatileQueue(
                                jta(), between.apply(log), Executors.defaultThreadFactory(), failures, mostBytes))
                .started();
    }

    /** Its messages wait for the commit in a table. */
    public static Shop withTable(Path folder, DataSource database, Consumer<Throwable> failures) {
        return withTable(folder, database, log -> log, failures);
    }

    /** @param between what stands between the queue and the log */
    static Shop withTable(
            Path folder, DataSource database, Function<MessageLog, MessageLog> between, Consumer<Throwable> failures) {
        return new Shop(folder, log -> table(database, between.apply(log), failures)).started();
    }

    /** It takes messages, and sends them when its queue is started. */
    static Shop notStarted(Path folder, DataSource database, Consumer<Throwable> failures) {
        return new Shop(folder, log -> table(database, log, failures));
    }

    private static TransactionQueue table(DataSource database, MessageLog log, Consumer<Throwable> failures) {
        return new DurableQueue(
                jta(), database, "shop", "shop", log, new AnySenders(), Executors.defaultThreadFactory(), failures);
    }

    /** Every sender has its name: there is nobody else. */
    private static final class AnySenders implements Senders {
        @Override
        public User application(UserName name) {
            return new User(User.beanKey(name), name);
        }

        @Override
        public User signedIn(CallerId user, UserName name) {
            return new User(user.key(), name);
        }
    }

    private Shop started() {
        queue.start();
        return this;
    }

    static Jta jta() {
        return new Jta(
                new TransactionSynchronizationRegistryImple(), () -> Optional.of(UserTransaction.userTransaction()));
    }

    public static void inTransaction(Work work) throws Exception {
        var transaction = UserTransaction.userTransaction();
        transaction.begin();
        try {
            work.run();
        } catch (Exception | Error e) {
            transaction.rollback();
            throw e;
        }
        transaction.commit();
    }

    CompletableFuture<Entry> send(String text) {
        return send(new Body.Text(text));
    }

    CompletableFuture<Entry> send(Body body) {
        return send(SERVER, body);
    }

    CompletableFuture<Entry> send(User sender, Body body) {
        DraftResult result = new DraftResult();
        queue.add(new Draft(ROOM, sender, DraftId.of(null), body, result));
        return result;
    }

    /** Sends outside transactions. */
    CompletableFuture<Entry> sendNow(String text) {
        DraftResult result = new DraftResult();
        log.append(new Draft(ROOM, SERVER, DraftId.of(null), new Body.Text(text), result));
        return result;
    }

    /** All texts in the room. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (long last = 0; ; ) {
            List<Entry> page;
            try {
                page = log.read(ROOM, new Range.After(last, 200))
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS)
                        .entries();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            if (page.isEmpty()) {
                return texts;
            }
            page.forEach(entry -> texts.add(((Body.Text) entry.body()).value()));
            last = page.get(page.size() - 1).seq();
        }
    }

    @Override
    public void close() {
        queue.close();
        log.close();
    }
}
