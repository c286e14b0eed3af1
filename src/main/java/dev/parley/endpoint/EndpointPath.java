package dev.parley.endpoint;

import jakarta.servlet.ServletContext;

/** The path of the endpoint in one web application. For the threads that start the application. Stateless. */
final class EndpointPath {
    private static final String NAME = "dev.parley.path";

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
}
