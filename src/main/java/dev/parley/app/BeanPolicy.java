package dev.parley.app;

import dev.parley.RoomPolicy;
import dev.parley.access.AccessPolicy;
import dev.parley.config.SettingsException;
import dev.parley.message.Caller;
import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks the {@link RoomPolicy} of the application, on {@value #THREADS} of its threads. Thread-safe.
 *
 * <pre>
 *   decide ─▶ queue of {@value #CAPACITY} ─▶ one of the threads: request context, bean, answer
 *      └─ full ─▶ {@code unavailable}
 * </pre>
 *
 * <p>A question that was cancelled while it waited leaves the queue. A bean that never returns keeps its thread until the application
 * ends.
 */
final class BeanPolicy implements AccessPolicy {
    static final int THREADS = 16;
    static final int CAPACITY = 4_096;

    private final AccessPolicy before;
    private final BeanManager beans;
    private final Bean<?> bean;
    private final FailureLog failures;
    private final RequestThreads threads;

    /** @param most what the policy before this one grants */
    private record Question(Caller who, RoomName room, Grant most, CompletableFuture<Grant> answer) {}

    /**
     * @param before the policy of the setting. The bean can only grant less, except for {@link Permission#MODERATE}, and is not
     *     asked where this policy grants nothing
     * @param requests called once for each thread; returns a controller that no other thread uses
     */
    private BeanPolicy(
            AccessPolicy before, BeanManager beans, Bean<?> bean, Supplier<RequestContextController> requests) {
        this.before = before;
        this.beans = beans;
        this.bean = bean;
        this.failures = new FailureLog("The policy " + bean.getBeanClass().getName());
        this.threads = new RequestThreads("policy", THREADS, CAPACITY, requests);
    }

    /**
     * The policy of the application's bean, if it has one. Called on a thread of the application while it starts.
     *
     * @throws SettingsException if the application has several such beans
     */
    static Optional<BeanPolicy> find(
            AccessPolicy before, BeanManager beans, Supplier<RequestContextController> requests) {
        Set<Bean<?>> found = beans.getBeans(RoomPolicy.class);
        try {
            return Optional.<Bean<?>>ofNullable(beans.resolve(found))
                    .map(bean -> new BeanPolicy(before, beans, bean, requests));
        } catch (AmbiguousResolutionException e) {
            String names = found.stream()
                    .map(bean -> bean.getBeanClass().getName())
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new SettingsException(
                    "There may be one bean of the type dev.parley.RoomPolicy, but these are: " + names + ".", e);
        }
    }

    @Override
    public String toString() {
        return before + " as " + bean.getBeanClass().getName() + " decides";
    }

    @Override
    public Grant always(Caller caller) {
        Grant most = before.always(caller);
        return most != null && most.permissions().isEmpty() ? most : null;
    }

    @Override
    public CompletableFuture<Grant> decide(Caller who, RoomName room) {
        CompletableFuture<Grant> answer = new CompletableFuture<>();
        Grant most = before.always(who);
        if (most != null) {
            put(new Question(who, room, most.goodFor(Grant.MOST), answer));
            return answer;
        }
        CompletableFuture<Grant> first = before.decide(who, room);
        first.whenComplete((grant, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else if (grant.permissions().isEmpty()) {
                answer.complete(grant);
            } else {
                put(new Question(who, room, grant, answer));
            }
        });
        answer.whenComplete((grant, failure) -> first.cancel(false));
        return answer;
    }

    private void put(Question question) {
        if (!threads.offer(question.answer, () -> answer(question))) {
            question.answer.completeExceptionally(
                    unavailable("too many questions wait for the policy of the application; try again later"));
        } else {
            // A connection that gave up fails the future with this exception.
            question.answer.whenComplete((grant, failure) -> {
                if (failure instanceof ParleyException late) {
                    failures.log(late);
                }
            });
        }
    }

    private static ParleyException unavailable(String why) {
        return new ParleyException(ErrorCode.UNAVAILABLE, why);
    }

    private void answer(Question question) {
        Grant grant = null;
        Throwable failure = null;
        try {
            grant = ask(question);
            if (grant == null) {
                failure = new NullPointerException("the policy decided nothing");
            }
        } catch (Throwable e) {
            // Errors are caught too: the peer and its later messages wait for an answer.
            failure = e;
        }
        if (failure == null) {
            question.answer.complete(within(question.most, grant));
        } else {
            failures.log(failure);
            // The peer must not see the exception's message, which may be confidential.
            question.answer.completeExceptionally(new IllegalStateException("the policy failed"));
        }
    }

    /** No setting gives {@link Permission#MODERATE}, so the bean may, where the caller may read. */
    private static Grant within(Grant most, Grant grant) {
        Set<Permission> both = Stream.of(Permission.values())
                .filter(one -> grant.allows(one) && most.allows(one == Permission.MODERATE ? Permission.READ : one))
                .collect(Collectors.toSet());
        boolean longer = grant.timeToLive().compareTo(most.timeToLive()) > 0;
        return new Grant(
                both, longer ? most.timeToLive() : grant.timeToLive(), grant.slow(), grant.reason(), grant.quota());
    }

    private Grant ask(Question question) {
        CreationalContext<?> instances = beans.createCreationalContext(bean);
        try {
            RoomPolicy policy = (RoomPolicy) beans.getReference(bean, RoomPolicy.class, instances);
            return policy.decide(question.who, question.room);
        } finally {
            release(instances);
        }
    }

    /** This may call the application's destroy methods. If they fail, the answer of the bean is still valid. */
    private void release(CreationalContext<?> instances) {
        try {
            instances.release();
        } catch (RuntimeException | Error e) {
            failures.log(e);
        }
    }

    @Override
    public boolean hasMembers() {
        return before.hasMembers();
    }

    /** An owner has {@code MODERATE} in addition to the answers of the bean. So the application says who owns a room. */
    @Override
    public String refusalToMake(Caller caller, RoomName room) {
        return "the application of this server creates the rooms";
    }

    @Override
    public Set<String> roles() {
        return before.roles();
    }

    @Override
    public void watch(ThreadFactory factory, Runnable changed) {
        before.watch(factory, changed);
    }

    /** Ends the threads and cancels open questions. Does not wait for a bean that is deciding. */
    @Override
    public void close() {
        before.close();
        threads.close();
    }
}
