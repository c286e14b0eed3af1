package dev.parley.transaction;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
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

    private final TransactionSynchronizationRegistry registry;

    public Jta(TransactionSynchronizationRegistry registry) {
        this.registry = registry;
    }

    /** Empty where there are no transactions. Called while the application starts. */
    public static Optional<Jta> find() {
        return NAMES.stream().flatMap(name -> lookUp(name).stream()).findFirst();
    }

    private static Optional<Jta> lookUp(String name) {
        try {
            return InitialContext.doLookup(name) instanceof TransactionSynchronizationRegistry registry
                    ? Optional.of(new Jta(registry))
                    : Optional.empty();
        } catch (NamingException e) {
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
