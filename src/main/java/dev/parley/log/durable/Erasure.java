package dev.parley.log.durable;

import dev.parley.message.RoomName;
import java.util.concurrent.CompletableFuture;

/** The content of an entry that waits to be erased, and the stage that ends with the result. */
record Erasure(RoomName room, long seq, CompletableFuture<Boolean> result) {}
