package dev.parley.testing.container;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Apache Tomcat. It listens before it deploys. */
enum Tomcat implements Distribution {
    TEN("tomcat10"),
    ELEVEN("tomcat11");

    private final String name;

    Tomcat(String name) {
        this.name = name;
    }

    @Override
    public Path archive() {
        return Path.of("target/parley-servlet.war");
    }

    @Override
    public List<String> configure(Path folder, Path war, int port) throws IOException {
        Path home = Distribution.home(name);
        Path conf = Files.createDirectory(folder.resolve("conf"));
        Files.copy(home.resolve("conf/web.xml"), conf.resolve("web.xml"));
        Files.copy(Distribution.configuration("tomcat/server.xml"), conf.resolve("server.xml"));
        Files.copy(war, Files.createDirectory(folder.resolve("webapps")).resolve("ROOT.war"));
        return List.of(
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + folder,
                "-Dhttp.port=" + port,
                "-cp",
                home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start");
    }

    @Override
    public boolean isReady(String log) {
        return log.contains("Server startup in");
    }

    @Override
    public String toString() {
        return name;
    }
}
