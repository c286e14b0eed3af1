package dev.parley.endpoint;

import dev.parley.message.ClientMessage;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * The handling of one type of messages: a row of {@link MessageHandlers}. Immutable, thread-safe; its functions are called
 * under the lock of a conversation and must not block.
 *
 * @param record the class of the messages
 * @param answerBefore the answer that a message has to wait for; null if it can be handled now
 * @param need the permission that the peer needs; null if it needs none
 * @param review the review that a message has to wait for, which the peer may send; null if it was reviewed or need not be
 * @param handle handles a message; throws a {@link dev.parley.message.ParleyException} to reject it
 * @param forStrangers whether a peer may send this before it is identified; else it becomes a guest first
 */
record MessageHandler<M extends ClientMessage>(
        Class<M> record,
        BiFunction<Peer, M, CompletionStage<?>> answerBefore,
        BiFunction<Peer, M, Need> need,
        BiFunction<Peer, M, CompletionStage<?>> review,
        BiConsumer<Peer, M> handle,
        boolean forStrangers) {

    /** A handler that needs no permission. */
    MessageHandler(
            Class<M> record,
            BiFunction<Peer, M, CompletionStage<?>> answerBefore,
            BiConsumer<Peer, M> handle,
            boolean forStrangers) {
        this(record, answerBefore, (peer, message) -> null, (peer, message) -> null, handle, forStrangers);
    }

    MessageHandler<M> needs(BiFunction<Peer, M, Need> what) {
        return new MessageHandler<>(record, answerBefore, what, review, handle, forStrangers);
    }

    MessageHandler<M> reviewed(BiFunction<Peer, M, CompletionStage<?>> by) {
        return new MessageHandler<>(record, answerBefore, need, by, handle, forStrangers);
    }

    /** A handler of messages that wait for no answer. */
    static <M extends ClientMessage> MessageHandler<M> atOnce(Class<M> record, BiConsumer<Peer, M> handle) {
        return new MessageHandler<>(record, (peer, message) -> null, handle, false);
    }

    static <M extends ClientMessage> MessageHandler<M> after(
            BiFunction<Peer, M, CompletionStage<?>> answer, Class<M> record, BiConsumer<Peer, M> handle) {
        return new MessageHandler<>(record, answer, handle, false);
    }

    static <M extends ClientMessage> MessageHandler<M> forStrangers(Class<M> record, BiConsumer<Peer, M> handle) {
        return forStrangersAfter((peer, message) -> null, record, handle);
    }

    static <M extends ClientMessage> MessageHandler<M> forStrangersAfter(
            BiFunction<Peer, M, CompletionStage<?>> answer, Class<M> record, BiConsumer<Peer, M> handle) {
        return new MessageHandler<>(record, answer, handle, true);
    }
}
