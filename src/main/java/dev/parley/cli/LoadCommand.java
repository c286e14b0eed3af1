package dev.parley.cli;

import dev.parley.cli.load.LatencyPicture;
import dev.parley.cli.load.LoadPlan;
import dev.parley.cli.load.LoadResult;
import dev.parley.cli.load.LoadRun;
import dev.parley.cli.load.ServerProbe;
import dev.parley.standalone.UnpackedFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts load on a Parley server, and prints the result. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Puts load on a Parley server and measures it: many connections in new rooms, some of which send messages.",
            "Start the server with -Dparley.rate=1000000; otherwise you measure its rate limit.",
            "For more than 1,600 new rooms in a day, over all runs, it also needs -Dparley.quota.rooms.made=100000.",
            "Exit code 1 if an entry was lost, doubled or reordered."
        })
final class LoadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URI",
            defaultValue = "ws://127.0.0.1:8080/chat",
            description = "The address of the server's WebSocket.")
    private URI uri;

    @Option(
            names = {"-c", "--connections"},
            defaultValue = "200",
            description = "The number of connections.")
    private int connections;

    @Option(
            names = {"-r", "--rooms"},
            defaultValue = "1",
            description = "The number of rooms. The connections are spread over them.")
    private int rooms;

    @Option(
            names = {"-s", "--senders"},
            defaultValue = "1",
            description = "The number of connections that send messages.")
    private int senders;

    @Option(
            names = {"-w", "--window"},
            defaultValue = "0",
            description = "Closed loop: how many messages each sender keeps in flight. 1 if no rate is given.")
    private int window;

    @Option(
            names = {"-R", "--rate"},
            defaultValue = "0",
            description =
                    "Open loop: how many messages all senders together send a second, however slow the server is.")
    private double rate;

    @Option(
            names = {"-b", "--bytes"},
            defaultValue = "200",
            description = "The size of each text.")
    private int size;

    @Option(names = "--warm-up", defaultValue = "5", description = "Seconds under load before the counting begins.")
    private double warmUp;

    @Option(
            names = {"-t", "--time"},
            defaultValue = "10",
            description = "Seconds of counting.")
    private double time;

    @Option(
            names = "--pid",
            description =
                    "The server's process, for its processor time. By default it is found by its port, on this machine.")
    private Long pid;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the result to this file as JSON.")
    private Path json;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw the latencies into this file.")
    private Path svg;

    @Override
    public Integer call() throws IOException {
        UnpackedFiles.remove();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        LoadPlan plan = plan();
        ServerProbe server = pid == null ? ServerProbe.of(plan) : new ServerProbe(OptionalLong.of(pid));
        LoadResult result = new LoadRun(plan, server, line -> {
                    err.println(line);
                    err.flush();
                })
                .run();
        out.print(result.table());
        out.flush();
        if (json != null) {
            Files.writeString(json, result.json() + "\n");
        }
        if (svg != null) {
            Files.writeString(svg, LatencyPicture.of(result));
        }
        return result.isExact() ? 0 : 1;
    }

    private LoadPlan plan() {
        try {
            return new LoadPlan(
                    uri,
                    connections,
                    rooms,
                    senders,
                    window == 0 && rate == 0 ? 1 : window,
                    rate,
                    size,
                    seconds(warmUp),
                    seconds(time));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (1_000 * seconds));
    }
}
