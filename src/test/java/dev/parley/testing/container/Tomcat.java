package dev.parley.testing.container;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
        copyConfiguration("tomcat/server.xml", conf);
        return command(home, folder, war, port);
    }

    /** It looks for changed archives every ten seconds otherwise, which a test would wait for again and again. */
    static void copyConfiguration(String file, Path conf) throws IOException {
        String server = Files.readString(Distribution.configuration(file));
        Files.writeString(
                conf.resolve("server.xml"), server.replace("<Engine ", "<Engine backgroundProcessorDelay=\"1\" "));
    }

    /** The command, with the application in place. */
    static List<String> command(Path home, Path folder, Path war, int port) throws IOException {
        Files.createDirectory(folder.resolve("webapps"));
        Files.copy(war, folder.resolve(ELEVEN.deployed()));
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
    public Map<String, String> users(String name, String password) {
        return Map.of("META-INF/context.xml", """
                <Context>
                  <Realm className="org.apache.catalina.realm.MemoryRealm" pathname="webapps/ROOT/WEB-INF/users.xml"/>
                </Context>
                """, "WEB-INF/users.xml", """
                <tomcat-users>
                  <role rolename="staff"/>
                  <user username="%s" password="%s" roles="staff"/>
                </tomcat-users>
                """.formatted(name, password));
    }

    @Override
    public String toString() {
        return name;
    }
}
