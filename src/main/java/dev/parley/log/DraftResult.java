package dev.parley.log;

import dev.parley.message.Entry;
import dev.parley.message.ParleyException;
import java.util.concurrent.CompletableFuture;

/** The outcome of one draft as a stage: it completes with the entry, or fails. */
public final class DraftResult extends CompletableFuture<Entry> implements Draft.Outcome {
    @Override
    public void said(Entry entry) {
        complete(entry);
    }

    @Override
    public void refused(ParleyException why) {
        completeExceptionally(why);
    }

    @Override
    public void unknown(ParleyException why) {
        completeExceptionally(why);
    }
}
