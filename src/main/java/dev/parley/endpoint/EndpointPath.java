package dev.parley.endpoint;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Map;

/** The path of the endpoint in one web application. For the threads that start the application. Stateless. */
final class EndpointPath {
    private static final String NAME = "dev.parley.path";
    private static final String UNCHECKED = "dev.parley.unchecked";

    private static final boolean HAS_ANNOTATED = EndpointPath.class.getResource("ChatEndpoint.class") != null;

    private EndpointPath() {}

    static void set(ServletContext application, String path) {
        application.setAttribute(NAME, path);
    }

    /** The path; null if it has not been set. */
    static String of(ServletContext application) {
        return (String) application.getAttribute(NAME);
    }

    /** Whether {@link ChatEndpoint} is among the classes, so that the container has deployed it. */
    static boolean hasAnnotated() {
        return HAS_ANNOTATED;
    }

    /** The exception with a sentence for something of the application that is where the endpoint should be. */
    static IllegalStateException taken(String path, String by, Throwable cause) {
        return new IllegalStateException(
                ("Parley cannot be at %s, because %s of the application is there. Set parley.path to another path, for"
                                + " example in META-INF/microprofile-config.properties or as a context-param in web.xml.")
                        .formatted(path, by),
                cause);
    }

    /** @throws IllegalStateException as {@link ServletEndpoint#refuseServlets} says */
    static void refuseServlets(ServletContext application) {
        String path = of(application);
        servlets(application).forEach((name, servlet) -> {
            if (servlet.getMappings().contains(path) || servlet.getMappings().contains(path + "/*")) {
                throw taken(path, "the servlet " + name, null);
            }
        });
    }

    /** As {@link #refuseServlets}, if the container did not let it look. For the filter, which may look in every container. */
    static void refuseUnchecked(ServletContext application) {
        if (application.getAttribute(UNCHECKED) != null) {
            application.removeAttribute(UNCHECKED);
            refuseServlets(application);
        }
    }

    private static Map<String, ? extends ServletRegistration> servlets(ServletContext application) {
        try {
            return application.getServletRegistrations();
        } catch (UnsupportedOperationException notHere) {
            // Open Liberty starts the beans in a listener that may not ask (Jakarta Servlet 6.0 section 4.4).
            application.setAttribute(UNCHECKED, true);
            return Map.of();
        }
    }
}
