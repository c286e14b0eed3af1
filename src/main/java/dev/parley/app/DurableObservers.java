package dev.parley.app;

import dev.parley.Durable;
import dev.parley.config.SettingsException;
import dev.parley.log.MessageLog;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The observers {@code @Observes @Durable} of an application. Thread-safe. */
final class DurableObservers implements Consumer<Entry>, AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{Nd}._-]{1,64}");

    /** A log that takes longer has a disk that hangs. */
    private static final int START_SECONDS = 30;

    private final List<DurableObserver> all;

    private DurableObservers(List<DurableObserver> all) {
        this.all = all;
    }

    /**
     * Finds the observers, and makes the positions of new ones. May wait for the log. Called on a thread of the application while
     * it starts, before the log has new entries.
     *
     * @param any any entry
     * @param requests called once for each observer; returns a controller that no other thread uses
     * @throws SettingsException if an observer has no valid name, the name of another one, or can't be durable
     */
    static DurableObservers find(
            BeanManager beans, Entry any, MessageLog log, Supplier<RequestContextController> requests) {
        List<Observer<Entry>> found = Observers.of(beans, any, Observers.DURABLE, Observers.IN_ROOM)
                .only(observer -> observer.qualifier(Durable.class).isPresent())
                .all();
        Map<String, Observer<Entry>> byName = new HashMap<>();
        for (Observer<Entry> observer : found) {
            Observer<Entry> other = byName.put(checkedName(observer), observer);
            if (other != null) {
                throw new SettingsException(observer + " has the name of another one, @Durable(\""
                        + durable(observer).value() + "\"): " + other);
            }
        }
        return new DurableObservers(byName.entrySet().stream()
                .map(each -> open(each.getKey(), each.getValue(), log, requests.get()))
                .toList());
    }

    private static Durable durable(Observer<Entry> observer) {
        return observer.qualifier(Durable.class).orElseThrow();
    }

    private static String checkedName(Observer<Entry> observer) {
        String name = durable(observer).value();
        if (!NAME.matcher(name).matches()) {
            throw new SettingsException(observer + " has @Durable(\"" + name
                    + "\"): the name must have 1 to 64 letters, digits, '.', '_' or '-'");
        }
        if (observer.isAsync()) {
            throw new SettingsException(
                    observer + " is @Durable, so it gets entries in their order. Write @Observes, not @ObservesAsync.");
        }
        return name;
    }

    private static DurableObserver open(
            String name, Observer<Entry> observer, MessageLog log, RequestContextController request) {
        try {
            log.addObserver(name, durable(observer).fromStart())
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException why ? why : new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw notStored(observer, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notStored(observer, e);
        }
        return new DurableObserver(name, observer, log, request);
    }

    private static ParleyException notStored(Observer<Entry> observer, Exception why) {
        return new ParleyException(
                ErrorCode.UNAVAILABLE,
                observer + " can't start: the log did not store its position within " + START_SECONDS + " s",
                why);
    }

    /** The same consumer if there are no such observers, else one that passes entries to these too. */
    Consumer<Entry> after(Consumer<Entry> first) {
        return all.isEmpty() ? first : first.andThen(this);
    }

    /** Begins to pass entries to the observers. */
    void start() {
        all.forEach(DurableObserver::start);
    }

    /** There is a new entry. Does not wait. */
    @Override
    public void accept(Entry entry) {
        for (DurableObserver observer : all) {
            observer.accept(entry);
        }
    }

    /** Ends all of them, before the log is closed. Waits a second at most, then interrupts the calls that are running. */
    @Override
    public void close() {
        all.forEach(DurableObserver::stop);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        // join(0) would wait for ever.
        all.forEach(one -> one.awaitEnd(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()))));
    }
}
