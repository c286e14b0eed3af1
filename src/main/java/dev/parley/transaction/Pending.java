package dev.parley.transaction;

import dev.parley.message.ParleyException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What one transaction has in a queue, in order. Thread-safe: after a timeout, a container ends a transaction on another thread
 * than the one that still works in it.
 */
final class Pending<T> implements Synchronization {
    /**
     * The most messages of one transaction: half of the stages that an application may have open, so that others can send
     * meanwhile.
     */
    static final int MOST = 5_000;

    /** How a transaction has ended. */
    enum End {
        COMMITTED,
        ROLLED_BACK,
        UNKNOWN;

        private static End of(int status) {
            return switch (status) {
                case Status.STATUS_COMMITTED -> COMMITTED;
                case Status.STATUS_ROLLEDBACK -> ROLLED_BACK;
                default -> UNKNOWN;
            };
        }

        /** Why what belongs to the transaction was not sent. */
        ParleyException why() {
            return Unavailable.because(
                    this == ROLLED_BACK
                            ? "the transaction was rolled back, so the message was not sent"
                            : "it is unknown whether the transaction has committed");
        }
    }

    private final long mostBytes;
    private final BiConsumer<List<T>, End> ended;
    private List<T> messages = new ArrayList<>();
    private long bytes;
    private boolean isOver;

    /**
     * @param mostBytes the most bytes that the messages may take
     * @param ended called once, on the thread that ends the transaction. It must not block
     */
    Pending(long mostBytes, BiConsumer<List<T>, End> ended) {
        this.mostBytes = mostBytes;
        this.ended = ended;
    }

    /** @throws ParleyException with {@code unavailable} if the transaction has too many messages, or has ended meanwhile */
    synchronized void checkPlace(long size) {
        if (isOver) {
            throw End.ROLLED_BACK.why();
        }
        if (messages.size() >= MOST) {
            throw Unavailable.because("a transaction can send at most " + MOST + " messages");
        }
        if (bytes + size > mostBytes) {
            throw Unavailable.because("too many bytes wait for the commit of this transaction");
        }
    }

    /** @throws ParleyException as {@link #checkPlace} does */
    synchronized void add(T message, long size) {
        checkPlace(size);
        messages.add(message);
        bytes += size;
    }

    @Override
    public void beforeCompletion() {
        // What is sent now, as a flush does, still belongs to the transaction.
    }

    @Override
    public void afterCompletion(int status) {
        ended.accept(end(), End.of(status));
    }

    private synchronized List<T> end() {
        List<T> all = messages;
        messages = List.of();
        isOver = true;
        return all;
    }
}
