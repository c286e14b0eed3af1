package dev.parley.conformance;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Sets a system property of the container for as long as its application is deployed. */
@WebListener
public class SystemProperty implements ServletContextListener {
    /** In WEB-INF: the name, an equals sign, and the value. */
    static final String FILE = "property";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        String[] property = property(event);
        System.setProperty(property[0], property[1]);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        System.clearProperty(property(event)[0]);
    }

    private static String[] property(ServletContextEvent event) {
        try (InputStream in = event.getServletContext().getResourceAsStream("/WEB-INF/" + FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("=");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
