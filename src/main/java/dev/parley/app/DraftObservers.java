package dev.parley.app;

import dev.parley.Before;
import dev.parley.Draft;
import dev.parley.Durable;
import dev.parley.config.SettingsException;
import dev.parley.endpoint.DraftReview;
import dev.parley.log.MessageLog;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Caller;
import dev.parley.message.ErrorCode;
import dev.parley.message.Limits;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Calls the observers {@code @Observes @Before Draft} of the application, on {@value #THREADS} of its threads. Thread-safe.
 *
 * <pre>
 *   review ─▶ queue of {@value #CAPACITY} ─▶ one of the threads: request context, the observers by priority ─▶ answer
 *      └─ full ─▶ {@code unavailable}                                        └─ refused: was it stored before?
 * </pre>
 *
 * <p>A draft whose sender has gone, or whose time was over while it waited, leaves the queue. An observer that never returns keeps
 * its thread until the application ends.
 */
final class DraftObservers implements DraftReview {
    static final int THREADS = 16;
    static final int CAPACITY = 4_096;

    private static final Draft ANY = new PeerDraft(
            new Caller(Caller.Kind.GUEST, "any", new UserName("any")), new RoomName("any"), new Body.Text("any"), null);

    private final Observers<Draft> observers;
    private final Limits limits;
    private final MessageLog log;
    private final RequestThreads threads;
    private final FailureLog waits = new FailureLog("The queue of the observers of Draft");

    private DraftObservers(Observers<Draft> observers, Limits limits, MessageLog log, RequestThreads threads) {
        this.observers = observers;
        this.limits = limits;
        this.log = log;
        this.threads = threads;
    }

    /**
     * The observers of the application, if it has some. Called on a thread of the application while it starts.
     *
     * @param limits of one message
     * @param requests called once for each thread; returns a controller that no other thread uses
     * @throws SettingsException if an observer of {@link Draft} is not called before the message is stored
     */
    static DraftReview find(
            BeanManager beans, Limits limits, MessageLog log, Supplier<RequestContextController> requests) {
        Observers.refuse(beans, Draft.class, ANY, List.of(Durable.class));
        Observers<Draft> found = Observers.of(beans, ANY, Observers.BEFORE, Observers.IN_ROOM);
        found.all().forEach(DraftObservers::check);
        // Others observe every object.
        Observers<Draft> before =
                found.only(observer -> observer.qualifier(Before.class).isPresent());
        return before.isEmpty()
                ? NONE
                : new DraftObservers(before, limits, log, new RequestThreads("drafts", THREADS, CAPACITY, requests));
    }

    private static void check(Observer<Draft> observer) {
        boolean isBefore = observer.qualifier(Before.class).isPresent();
        if (!isBefore && observer.observes(Draft.class)) {
            throw new SettingsException(observer + " observes Draft without @Before. Write @Observes @Before Draft.");
        }
        if (isBefore && observer.isAsync()) {
            throw new SettingsException(
                    observer + " has @ObservesAsync, so it can't decide in time. Write @Observes @Before Draft.");
        }
    }

    @Override
    public boolean isFor(RoomName room) {
        return !observers.in(room).isEmpty();
    }

    @Override
    public CompletableFuture<Body> review(User user, Caller caller, RoomName room, String id, Body body) {
        Question question = new Question(user, room, id, body, new PeerDraft(caller, room, body, limits));
        if (!threads.offer(question.answer, () -> decide(question))) {
            question.answer.completeExceptionally(new ParleyException(
                    ErrorCode.UNAVAILABLE, "too many messages wait for the application; try again later"));
        }
        return question.answer;
    }

    /** One message, and the answer about it. */
    private final class Question {
        private final User user;
        private final RoomName room;
        private final String id;
        private final Body body;
        private final PeerDraft draft;
        private final CompletableFuture<Body> answer = new CompletableFuture<>();
        /** The observer that is called; null before the first one. */
        private volatile Observer<Draft> current;

        private Question(User user, RoomName room, String id, Body body, PeerDraft draft) {
            this.user = user;
            this.room = room;
            this.id = id;
            this.body = body;
            this.draft = draft;
            answer.whenComplete((decided, failure) -> {
                if (failure instanceof ParleyException late && late.getCause() instanceof TimeoutException) {
                    isLate(late);
                }
            });
        }

        private void isLate(ParleyException late) {
            Observer<Draft> slow = current;
            if (slow == null) {
                waits.log(late);
            } else {
                slow.failed(late);
            }
        }
    }

    private void decide(Question question) {
        ParleyException refusal;
        try {
            refusal = ask(question);
        } catch (Throwable e) {
            // Errors are caught too: the peer and its later messages wait for an answer.
            question.current.failed(e);
            // The peer must not see the exception's message, which may be confidential.
            refusal = new ParleyException(
                    ErrorCode.UNAVAILABLE, "the application could not decide about this message; try again later");
        }
        question.draft.decide();
        if (refusal == null) {
            question.answer.complete(question.draft.body());
        } else {
            reject(question, refusal);
        }
    }

    /** @return why the message is refused; null if it is not, or if nobody waits for the answer any more */
    private ParleyException ask(Question question) {
        question.draft.begin();
        for (Observer<Draft> observer : observers.in(question.room)) {
            if (question.answer.isDone() || question.draft.refusal() != null) {
                break;
            }
            question.current = observer;
            observer.call(question.draft);
            // What one observer leaves behind must not disturb the next one.
            Thread.interrupted();
        }
        return question.draft.refusal();
    }

    /** The message may have been stored before, and come again: then the log answers it, and stores nothing. */
    private void reject(Question question, ParleyException why) {
        if (question.id == null) {
            question.answer.completeExceptionally(why);
            return;
        }
        log.isStored(question.room, question.user, question.id).whenComplete((stored, failure) -> {
            if (failure == null && stored) {
                question.answer.complete(question.body);
            } else {
                question.answer.completeExceptionally(why);
            }
        });
    }

    /** Ends the threads. The reviews of drafts that wait are cancelled: their connections have ended. */
    @Override
    public void close() {
        threads.close();
    }
}
