package dev.parley.wire;

import dev.parley.message.Body;
import dev.parley.message.CallerId;
import dev.parley.message.ClientMessage;
import dev.parley.message.Entry;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to read a message, and to write a batch of entries, of 200 characters each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CodecBenchmark {
    private static final RoomName ROOM = new RoomName("garden");
    private static final Body TEXT =
            new Body.Text("The roses are out. ".repeat(11).substring(0, 200));

    @Param({"1", "32"})
    public int entries;

    private final String say = MessageJson.write(new ClientMessage.Say(null, ROOM, "a1", TEXT));

    @Benchmark
    public List<ClientMessage> readSay() {
        return MessageJson.readClient(say);
    }

    @Benchmark
    public ByteBuffer writeEntries() {
        List<Entry> batch = LongStream.rangeClosed(1, entries)
                .mapToObj(seq -> new Entry(
                        ROOM, seq, "a" + seq, new UserName("ann"), CallerId.GUEST, Instant.ofEpochMilli(seq), TEXT))
                .toList();
        return EncodedText.bytes(List.of(EncodedText.of(batch)));
    }
}
