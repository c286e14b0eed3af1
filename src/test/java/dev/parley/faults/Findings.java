package dev.parley.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** What was found to be other than promised. Thread-safe. */
final class Findings {
    private static final int TOLD = 20;

    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong doubled = new AtomicLong();
    private final AtomicLong reordered = new AtomicLong();
    private final List<String> sentences = new ArrayList<>();

    /** Something acknowledged, or due to be heard, is not there. */
    void lost(long count, String sentence) {
        lost.addAndGet(count);
        tell("LOST: " + sentence);
    }

    /** Something is there twice, or was heard twice. */
    void doubled(String sentence) {
        doubled.incrementAndGet();
        tell("DOUBLED: " + sentence);
    }

    /** Something is there, but not in its order. */
    void reordered(String sentence) {
        reordered.incrementAndGet();
        tell("REORDERED: " + sentence);
    }

    /** Another promise was broken. */
    void broken(String sentence) {
        tell("BROKEN: " + sentence);
    }

    private synchronized void tell(String sentence) {
        if (sentences.size() < TOLD) {
            sentences.add(sentence);
        } else if (sentences.size() == TOLD) {
            sentences.add("… and more");
        }
    }

    long lost() {
        return lost.get();
    }

    long doubled() {
        return doubled.get();
    }

    long reordered() {
        return reordered.get();
    }

    /** The first ones; empty when all promises were kept. */
    synchronized List<String> sentences() {
        return List.copyOf(sentences);
    }
}
