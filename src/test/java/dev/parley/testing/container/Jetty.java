package dev.parley.testing.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Eclipse Jetty. */
final class Jetty implements Distribution {
    @Override
    public Path archive() {
        return Path.of("target/parley-servlet.war");
    }

    @Override
    public List<String> configure(Path folder, Path war, int port) throws IOException {
        Files.copy(
                Distribution.configuration("jetty/parley.ini"),
                Files.createDirectory(folder.resolve("start.d")).resolve("parley.ini"));
        Files.createDirectory(folder.resolve("webapps"));
        Files.copy(war, folder.resolve(deployed()));
        return List.of(
                "-jar",
                Distribution.home("jetty").resolve("start.jar").toString(),
                "jetty.base=" + folder,
                "jetty.http.port=" + port,
                // In seconds. Without it, as by default, an archive is deployed at the start alone.
                "jetty.deploy.scanInterval=1");
    }

    @Override
    public boolean isReady(String log) {
        return log.contains("Started oejs.Server");
    }

    /** The archive has such a file already. */
    @Override
    public Map<String, String> users(String name, String password) throws IOException {
        String own = "WEB-INF/jetty-ee10-web.xml";
        return Map.of(own, Files.readString(Path.of("src/main/servlet", own)).replace("</Configure>", """
                          <Get name="securityHandler">
                            <Set name="loginService">
                              <New class="org.eclipse.jetty.security.HashLoginService">
                                <Set name="userStore">
                                  <New class="org.eclipse.jetty.security.UserStore">
                                    <Call name="addUser">
                                      <Arg>%s</Arg>
                                      <Arg>
                                        <Call class="org.eclipse.jetty.util.security.Credential" name="getCredential"><Arg>%s</Arg></Call>
                                      </Arg>
                                      <Arg><Array type="java.lang.String"><Item>staff</Item></Array></Arg>
                                    </Call>
                                  </New>
                                </Set>
                              </New>
                            </Set>
                          </Get>
                        </Configure>
                        """.formatted(
                        name, password)));
    }

    @Override
    public String toString() {
        return "jetty";
    }
}
