package dev.parley.transaction;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The transactions of the container. Thread-safe. This class, and the queues, must not be used where the API of Jakarta Transactions is
 * missing.
 */
public final class Jta {
    /** The first one is of Jakarta Transactions 2.0 section 5.5. The others need no {@code java:comp}: WildFly's and Payara's. */
    private static final List<String> NAMES = List.of(
            "java:comp/TransactionSynchronizationRegistry",
            "java:jboss/TransactionSynchronizationRegistry",
            "java:appserver/TransactionSynchronizationRegistry");

    /** The first one is of the Jakarta EE Platform. The second is WildFly's, and needs no {@code java:comp}. */
    private static final List<String> USER_TRANSACTIONS =
            List.of("java:comp/UserTransaction", "java:jboss/UserTransaction");

    private final TransactionSynchronizationRegistry registry;
    private final Supplier<Optional<UserTransaction>> own;

    /** Work that reaches a database, and has a result or not. */
    interface Work<T> {
        Optional<T> run() throws SQLException;
    }

    /** @param own begins transactions of the thread that asks for it; empty if this can't be done there */
    public Jta(TransactionSynchronizationRegistry registry, Supplier<Optional<UserTransaction>> own) {
        this.registry = registry;
        this.own = own;
    }

    /** Empty where there are no transactions. Called while the application starts. */
    public static Optional<Jta> find() {
        return lookUp(NAMES, TransactionSynchronizationRegistry.class)
                .map(registry -> new Jta(registry, () -> lookUp(USER_TRANSACTIONS, UserTransaction.class)));
    }

    private static <T> Optional<T> lookUp(List<String> names, Class<T> type) {
        return names.stream().flatMap(name -> lookUp(name, type).stream()).findFirst();
    }

    private static <T> Optional<T> lookUp(String name, Class<T> type) {
        try {
            Object found = InitialContext.doLookup(name);
            return type.isInstance(found) ? Optional.of(type.cast(found)) : Optional.empty();
        } catch (NamingException | IllegalStateException e) {
            // The second one comes from WildFly where a thread may not begin transactions.
            return Optional.empty();
        }
    }

    /** As {@link TransactionQueue#isInTransaction}. */
    boolean isInTransaction() {
        return switch (registry.getTransactionStatus()) {
            case Status.STATUS_NO_TRANSACTION, Status.STATUS_COMMITTING, Status.STATUS_COMMITTED -> false;
            case Status.STATUS_ACTIVE -> true;
            // After a timeout, a thread goes on with a transaction that is rolled back already.
            default -> throw Unavailable.because("the transaction will not commit, so nothing can be sent in it");
        };
    }

    /**
     * Does work in a transaction of its own, and rolls it back. Called on a thread without a transaction.
     *
     * @return what the work has returned; also empty if no transaction can be begun here: then nothing was done
     * @throws SQLException also if the rollback fails
     */
    <T> Optional<T> rollBack(Work<T> work) throws SQLException {
        Optional<UserTransaction> transaction = own.get();
        if (transaction.isEmpty() || !begins(transaction.get())) {
            return Optional.empty();
        }
        try {
            return work.run();
        } finally {
            end(transaction.get());
        }
    }

    private static boolean begins(UserTransaction transaction) {
        try {
            transaction.begin();
            return true;
        } catch (NotSupportedException | SystemException | RuntimeException e) {
            return false;
        }
    }

    private static void end(UserTransaction transaction) throws SQLException {
        try {
            transaction.rollback();
        } catch (SystemException | RuntimeException e) {
            throw new SQLException("the transaction of the trial can't be rolled back: " + e.getMessage(), e);
        }
    }

    /**
     * What the transaction of the thread has in a queue.
     *
     * @param queue the key
     * @param first makes it for a transaction that has nothing in the queue yet
     * @throws ParleyException with {@code unavailable} if the transaction takes nothing more
     */
    <T> Pending<T> pending(Object queue, Supplier<Pending<T>> first) {
        try {
            @SuppressWarnings("unchecked")
            Pending<T> known = (Pending<T>) registry.getResource(queue);
            if (known != null) {
                return known;
            }
            Pending<T> pending = first.get();
            registry.registerInterposedSynchronization(pending);
            registry.putResource(queue, pending);
            return pending;
        } catch (IllegalStateException e) {
            throw new ParleyException(ErrorCode.UNAVAILABLE, "the transaction takes no more messages", e);
        }
    }
}
