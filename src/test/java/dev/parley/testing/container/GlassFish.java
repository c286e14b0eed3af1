package dev.parley.testing.container;

import dev.parley.testing.FreePort;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.tools.ant.Project;
import org.apache.tools.ant.ProjectHelper;

/** Eclipse GlassFish, with the command of {@code asadmin start-domain}. */
final class GlassFish implements Distribution {
    private static final String MAIN = "com.sun.enterprise.glassfish.bootstrap.GlassFishMain";

    @Override
    public Path archive() {
        return Path.of("target/parley.war");
    }

    @Override
    public List<String> configure(Path folder, Path war, int port) throws IOException {
        Path home = Distribution.home("glassfish");
        Distribution.copy(home.resolve("glassfish/domains/domain1"), folder);
        Project configuration = new Project();
        configuration.init();
        configuration.setUserProperty("domain", folder.toString());
        configuration.setUserProperty("http", String.valueOf(port));
        for (String each : List.of("https", "admin", "iiop", "iiops", "iiopm", "jmx", "osgi")) {
            configuration.setUserProperty(each, String.valueOf(FreePort.find()));
        }
        ProjectHelper.configureProject(
                configuration,
                Distribution.configuration("glassfish/configure.xml").toFile());
        configuration.executeTarget("configure");
        Files.copy(war, folder.resolve(deployed()));
        List<String> command = command(home, folder);
        return command.subList(command.indexOf("-cp"), command.size());
    }

    /** {@code asadmin} prints it, one argument a line. */
    private static List<String> command(Path home, Path domain) throws IOException {
        Process asadmin = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        home.resolve("glassfish/lib/client/appserver-cli.jar").toString(),
                        "start-domain",
                        "--dry-run",
                        "--verbose",
                        "--domaindir",
                        domain.getParent().toString(),
                        domain.getFileName().toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(asadmin.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> lines = printed.lines().toList();
        int end = lines.indexOf("");
        if (end < 0 || !lines.contains(MAIN)) {
            throw new AssertionError(printed);
        }
        return lines.subList(0, end);
    }

    @Override
    public Path deployed() {
        return Path.of("autodeploy", "parley.war");
    }

    @Override
    public Optional<Path> logFile() {
        return Optional.of(Path.of("logs", "server.log"));
    }

    @Override
    public boolean isReady(String log) {
        return log.contains("utodeployed :")
                || log.contains("Unable to autodeploy")
                || log.contains("Loading application parley done");
    }

    @Override
    public boolean answersLater() {
        return true;
    }

    @Override
    public String toString() {
        return "glassfish";
    }
}
