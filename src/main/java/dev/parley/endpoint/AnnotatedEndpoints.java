package dev.parley.endpoint;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the annotated endpoints of an application. Called by the servlet container. */
@HandlesTypes({ServerEndpoint.class, ServerApplicationConfig.class})
public final class AnnotatedEndpoints implements ServletContainerInitializer {
    private static final String FOUND = "dev.parley.endpoints";

    @Override
    public void onStartup(Set<Class<?>> found, ServletContext application) {
        if (found != null) {
            application.setAttribute(FOUND, new Found(found));
        }
    }

    private record Found(Set<Class<?>> classes) {}

    /**
     * The annotated endpoints; none if the application has a class that chooses among its endpoints. It is empty the second
     * time.
     */
    static Set<Class<?>> of(ServletContext application) {
        if (!(application.getAttribute(FOUND) instanceof Found found)
                || found.classes().stream().anyMatch(ServerApplicationConfig.class::isAssignableFrom)) {
            return Set.of();
        }
        application.removeAttribute(FOUND);
        return found.classes().stream()
                .filter(each -> each.isAnnotationPresent(ServerEndpoint.class))
                .collect(Collectors.toSet());
    }
}
