package dev.parley.cli.load;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/**
 * The result of a load. Immutable.
 *
 * @param connecting the time until all connections had joined
 * @param counted the time of the counting
 * @param sent messages sent during the counting
 * @param rejected messages that the server answered with an error during the counting
 * @param skipped open loop: messages that were due during the counting and were not sent, because too much waited on
 *     the connection of their sender
 * @param delivered entries that all connections together received during the counting
 * @param lost entries that some connection of their room did not receive, and messages that the server did not reject
 *     and that no connection received
 * @param doubled entries that a connection received again
 * @param reordered entries that a connection received after later ones
 * @param latency the time from the moment at which a message was due until it was received, in nanoseconds
 * @param serverCpu processor time of the server during the counting; null if unknown
 * @param ownCpu processor time of this process during the counting
 * @param idleMemory resident memory of the server before the load, in bytes; 0 if unknown
 * @param memory resident memory of the server after the load
 */
public record LoadResult(
        LoadPlan plan,
        Duration connecting,
        Duration counted,
        long sent,
        long rejected,
        long skipped,
        long delivered,
        long lost,
        long doubled,
        long reordered,
        Histogram latency,
        Duration serverCpu,
        Duration ownCpu,
        long idleMemory,
        long memory) {
    private static final double MILLI = 1e6;

    LoadResult(
            LoadPlan plan,
            Duration connecting,
            Duration counted,
            Tally tally,
            ServerProbe.Reading idle,
            ServerProbe.Reading before,
            ServerProbe.Reading after,
            Duration ownCpu) {
        this(
                plan,
                connecting,
                counted,
                tally.sent(),
                tally.rejections(),
                tally.skips(),
                tally.delivered(),
                tally.lost() + tally.neverHeard(),
                tally.doubled(),
                tally.reordered(),
                tally.latency(),
                before.cpu() == null || after.cpu() == null ? null : after.cpu().minus(before.cpu()),
                ownCpu,
                idle.memory(),
                after.memory());
    }

    public LoadResult {
        Objects.requireNonNull(latency);
    }

    /** Whether no entry was lost, doubled or reordered. */
    public boolean isExact() {
        return lost == 0 && doubled == 0 && reordered == 0;
    }

    /** The latency at this percentile, in milliseconds. */
    double latency(double percentile) {
        return latency.getValueAtPercentile(percentile) / MILLI;
    }

    double max() {
        return latency.getMaxValue() / MILLI;
    }

    private double seconds() {
        return counted.toNanos() / 1e9;
    }

    /** Microseconds of the server's processor time for one delivery; NaN if unknown. */
    private double cpuPerDelivery() {
        return serverCpu == null || delivered == 0 ? Double.NaN : serverCpu.toNanos() / 1e3 / delivered;
    }

    /** The result as a table for people. */
    public String table() {
        String table = """
                connections            %,d in %,d rooms, joined in %.1f s
                load                   %s, %,d bytes each, counted for %.1f s
                sent                   %,d (%,.0f/s)
                rejected               %,d
                skipped                %,d
                delivered              %,d (%,.0f/s)
                lost                   %,d
                doubled                %,d
                reordered              %,d
                latency p50            %.2f ms
                        p90            %.2f ms
                        p99            %.2f ms
                        p99.9          %.2f ms
                        max            %.2f ms
                """.formatted(
                        plan.connections(),
                        plan.rooms(),
                        connecting.toMillis() / 1e3,
                        load(),
                        plan.size(),
                        seconds(),
                        sent,
                        sent / seconds(),
                        rejected,
                        skipped,
                        delivered,
                        delivered / seconds(),
                        lost,
                        doubled,
                        reordered,
                        latency(50),
                        latency(90),
                        latency(99),
                        latency(99.9),
                        max());
        return table + (serverCpu == null ? "" : server()) + "load generator         %.2f cores%n".formatted(own());
    }

    private String server() {
        return """
                server                 %.3f µs of processor time per delivery, %.2f cores
                server memory          %,d MB with connections only, %,d MB after the load
                """.formatted(cpuPerDelivery(), cores(), idleMemory >> 20, memory >> 20);
    }

    private double cores() {
        return serverCpu.toNanos() / 1e9 / seconds();
    }

    private double own() {
        return ownCpu.toNanos() / 1e9 / seconds();
    }

    private String load() {
        String senders = plan.senders() == 1 ? "1 sender" : "%,d senders".formatted(plan.senders());
        return plan.window() > 0
                ? "%s, %,d under way each".formatted(senders, plan.window())
                : "%s, %,.0f messages/s in all".formatted(senders, plan.rate());
    }

    /** The result for programs. Unknown fields are left out. */
    public JsonObject json() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("connections", plan.connections())
                .add("rooms", plan.rooms())
                .add("senders", plan.senders())
                .add("window", plan.window())
                .add("rate", plan.rate())
                .add("size", plan.size())
                .add("seconds", rounded(seconds()))
                .add("connectSeconds", rounded(connecting.toNanos() / 1e9))
                .add("sent", sent)
                .add("rejected", rejected)
                .add("skipped", skipped)
                .add("delivered", delivered)
                .add("sentPerSecond", rounded(sent / seconds()))
                .add("deliveredPerSecond", rounded(delivered / seconds()))
                .add("lost", lost)
                .add("doubled", doubled)
                .add("reordered", reordered)
                .add("p50ms", rounded(latency(50)))
                .add("p90ms", rounded(latency(90)))
                .add("p99ms", rounded(latency(99)))
                .add("p999ms", rounded(latency(99.9)))
                .add("maxMs", rounded(max()))
                .add("generatorCores", rounded(own()));
        if (serverCpu != null && delivered > 0) {
            json.add("serverCores", rounded(cores()))
                    .add("serverMicrosPerDelivery", rounded(cpuPerDelivery()))
                    .add("serverIdleMegabytes", idleMemory >> 20)
                    .add("serverMegabytes", memory >> 20);
        }
        return json.build();
    }

    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3f", value));
    }
}
