package dev.parley.client;

import java.util.concurrent.Executor;

/** Runs each task on a daemon thread of its own. Stateless; an outbox has one task running at most. */
final class Courier implements Executor {
    @Override
    public void execute(Runnable task) {
        Thread thread = new Thread(task, "parley-client-courier");
        thread.setDaemon(true);
        thread.start();
    }
}
