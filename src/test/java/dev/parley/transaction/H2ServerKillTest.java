package dev.parley.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;

/** The same with H2 in a process of its own, which is not killed. */
class H2ServerKillTest extends OutboxKillTest {
    private Process server;

    @Override
    List<String> url() throws IOException {
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dh2.bindAddress=127.0.0.1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Server.class.getName(),
                        "-tcp",
                        "-tcpPort",
                        "0",
                        "-ifNotExists")
                .redirectErrorStream(true)
                .start();
        String line = server.inputReader().readLine();
        Matcher port = Pattern.compile("tcp://.*:(\\d+) ").matcher(String.valueOf(line));
        assertThat(port.find()).as(line).isTrue();
        return List.of("jdbc:h2:tcp://127.0.0.1:" + port.group(1) + "/" + folder.resolve("shop") + ";WRITE_DELAY=0");
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.destroy();
        assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
