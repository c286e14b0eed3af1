package dev.parley.testing.container;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Apache TomEE. */
final class TomEE implements Distribution {
    @Override
    public Path archive() {
        return Path.of("target/parley.war");
    }

    @Override
    public List<String> configure(Path folder, Path war, int port) throws IOException {
        Path home = Distribution.home("tomee");
        Path conf = folder.resolve("conf");
        Distribution.copy(home.resolve("conf"), conf);
        Tomcat.copyConfiguration("tomee/server.xml", conf);
        List<String> command = new ArrayList<>();
        command.add("-javaagent:" + home.resolve("lib/openejb-javaagent.jar"));
        command.addAll(Tomcat.command(home, folder, war, port));
        return command;
    }

    @Override
    public boolean isReady(String log) {
        return log.contains("Server startup in");
    }

    @Override
    public Map<String, String> users(String name, String password) {
        return Tomcat.ELEVEN.users(name, password);
    }

    @Override
    public String toString() {
        return "tomee";
    }
}
