package dev.parley.endpoint;

import dev.parley.message.ClientMessage;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * How the messages of one type are handled: a row of {@link MessageHandlers}. Immutable, thread-safe; its functions are
 * called under the lock of a conversation and must not wait.
 *
 * @param record the class of the messages
 * @param answerBefore the answer that must come before a message is handled; null where it can be handled now
 * @param need what the peer must be allowed for a message to be handled; null where it needs nothing
 * @param handle does what a message asks for; throws a {@link dev.parley.message.ParleyException} to have it rejected
 * @param forStrangers whether a peer may send this before it is known who it is; else it is made a guest first
 */
record MessageHandler<M extends ClientMessage>(
        Class<M> record,
        BiFunction<Peer, M, CompletionStage<?>> answerBefore,
        BiFunction<Peer, M, Need> need,
        BiConsumer<Peer, M> handle,
        boolean forStrangers) {

    /** Needs nothing. */
    MessageHandler(
            Class<M> record,
            BiFunction<Peer, M, CompletionStage<?>> answerBefore,
            BiConsumer<Peer, M> handle,
            boolean forStrangers) {
        this(record, answerBefore, (peer, message) -> null, handle, forStrangers);
    }

    MessageHandler<M> needs(BiFunction<Peer, M, Need> what) {
        return new MessageHandler<>(record, answerBefore, what, handle, forStrangers);
    }

    /** Depends on no answer to an earlier message. */
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
