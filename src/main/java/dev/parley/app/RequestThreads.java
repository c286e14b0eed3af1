package dev.parley.app;

import jakarta.enterprise.context.control.RequestContextController;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A fixed number of threads for the application's code, with one bounded queue. Each task has a request context of its own.
 * Thread-safe.
 */
final class RequestThreads implements AutoCloseable {
    private static final Logger LOG = System.getLogger(RequestThreads.class.getName());

    private final String name;
    private final BlockingQueue<Runnable> queue;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /**
     * Called on a thread of the application while it starts.
     *
     * @param name describes the work of the threads in a thread dump
     * @param size the number of threads
     * @param capacity the most tasks that wait
     * @param requests called once for each thread; returns a controller that no other thread uses
     */
    RequestThreads(String name, int size, int capacity, Supplier<RequestContextController> requests) {
        this.name = name;
        this.queue = new ArrayBlockingQueue<>(capacity);
        ApplicationThreads factory = new ApplicationThreads(name);
        for (int i = 0; i < size; i++) {
            RequestContextController request = requests.get();
            threads.add(factory.newThread(() -> run(request)));
        }
        threads.forEach(Thread::start);
    }

    /**
     * Queues a question. Does not wait. If the answer is complete before a thread takes the question, nobody needs it any more: it
     * leaves the queue, with all that it holds in memory.
     *
     * @param ask completes the answer
     * @return false if the queue is full, or the threads have ended; the answer is as before then
     */
    boolean offer(CompletableFuture<?> answer, Runnable ask) {
        Question question = new Question(answer, ask);
        if (closed || !queue.offer(question)) {
            return false;
        }
        answer.whenComplete((value, failure) -> {
            if (!question.taken) {
                queue.remove(question);
            }
        });
        return true;
    }

    private static final class Question implements Runnable {
        private final CompletableFuture<?> answer;
        private final Runnable ask;
        private volatile boolean taken;

        private Question(CompletableFuture<?> answer, Runnable ask) {
            this.answer = answer;
            this.ask = ask;
        }

        @Override
        public void run() {
            taken = true;
            if (!answer.isDone()) {
                ask.run();
            }
        }
    }

    /** Queues a task, and waits while the queue is full. */
    void put(Runnable task) throws InterruptedException {
        queue.put(task);
    }

    private void run(RequestContextController request) {
        while (!closed) {
            try {
                inRequest(request, queue.take());
            } catch (InterruptedException e) {
                LOG.log(Level.DEBUG, "Either the application ends, or its code left this thread interrupted", e);
            } catch (Throwable e) {
                // This thread is needed for the next task.
                LOG.log(Level.ERROR, "A task of the threads parley-" + name + " failed", e);
            }
        }
    }

    /** Runs a task of the application's code in a request context of its own. */
    static void inRequest(RequestContextController request, Runnable task) {
        boolean activated = request.activate();
        try {
            task.run();
        } finally {
            if (activated) {
                request.deactivate();
            }
            // What the application's code leaves behind must not end the next task.
            Thread.interrupted();
        }
    }

    /** Ends the threads, drops the tasks that wait, and cancels the answers to questions. Does not wait for a running task. */
    @Override
    public void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
        for (Runnable left = queue.poll(); left != null; left = queue.poll()) {
            if (left instanceof Question question) {
                question.answer.cancel(false);
            }
        }
    }
}
