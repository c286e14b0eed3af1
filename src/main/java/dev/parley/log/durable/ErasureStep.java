package dev.parley.log.durable;

import dev.parley.message.ServerMessage;
import java.util.List;

/**
 * The result of one step of an {@link ErasureJob}.
 *
 * @param hints what the members of rooms are told, in the order of the rooms, and of falling numbers
 * @param entries how many entries the job has erased so far
 * @param done whether it was the last step
 */
public record ErasureStep(long job, List<ServerMessage.Erased> hints, long entries, boolean done) {
    public ErasureStep {
        hints = List.copyOf(hints);
    }
}
