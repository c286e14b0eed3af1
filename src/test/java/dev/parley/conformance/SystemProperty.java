package dev.parley.conformance;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sets system properties of the container for as long as its application is deployed. Then they are again what they were. */
@WebListener
public class SystemProperty implements ServletContextListener {
    /** In WEB-INF, on each line: the name, an equals sign, and the value. */
    public static final String FILE = "property";

    /** By name; without those that were not set. */
    private final Map<String, String> before = new HashMap<>();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        for (String[] property : properties(event)) {
            String was = System.setProperty(property[0], property[1]);
            if (was != null) {
                before.put(property[0], was);
            }
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        properties(event).forEach(property -> System.clearProperty(property[0]));
        before.forEach(System::setProperty);
    }

    private static List<String[]> properties(ServletContextEvent event) {
        try (InputStream in = event.getServletContext().getResourceAsStream("/WEB-INF/" + FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.split("=", 2))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
