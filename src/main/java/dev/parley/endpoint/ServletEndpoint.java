package dev.parley.endpoint;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The endpoint in one web application, with the filter before it. An application can start in several ways, so each method may be
 * called more than once. For the threads that start the application.
 */
public final class ServletEndpoint {
    private static final String DEPLOYED = "dev.parley.deployed";
    /** Of Jetty's environments for Jakarta EE 10 and 11. */
    private static final List<String> UPGRADE_FILTERS = List.of(
            "org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter",
            "org.eclipse.jetty.ee11.websocket.servlet.WebSocketUpgradeFilter");

    private ServletEndpoint() {}

    /** Whether the application has the filter at the path of the endpoint, or the endpoint. */
    public static boolean isIn(ServletContext application) {
        return EndpointPath.of(application) != null;
    }

    /**
     * Sets the path, and puts the filter there, before the application's own filters. If the application has the filter itself,
     * it gets what its mappings do not cover.
     *
     * <p>Where {@link ChatEndpoint} is among the classes, the container deploys it by itself. If another path is set, it is refused.
     *
     * @throws UnsupportedOperationException if it is too late for a filter; the path is set
     */
    public static void map(ServletContext application, String path) {
        EndpointPath.set(application, path);
        boolean hasAnnotated = EndpointPath.hasAnnotated();
        boolean isAnnotated = path.equals(ChatEndpoint.PATH);
        if (hasAnnotated && isAnnotated) {
            application.setAttribute(DEPLOYED, true);
        }
        List<FilterRegistration> filters = filters(application);
        mapUpgrade(application);
        cover(filters, path);
        if (hasAnnotated && !isAnnotated) {
            cover(filters, ChatEndpoint.PATH);
        }
    }

    /**
     * Jetty 12 upgrades a request in a filter, and puts it before all others if the application has none. There it would run
     * before the filter of this class. Mapped here, it runs after the filters of the application.
     */
    private static void mapUpgrade(ServletContext application) {
        for (String filter : UPGRADE_FILTERS) {
            if (isLoadable(filter, application)) {
                FilterRegistration.Dynamic upgrade = application.addFilter(filter, filter);
                // Null if the application has mapped it.
                if (upgrade != null) {
                    upgrade.setAsyncSupported(true);
                    upgrade.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
                }
            }
        }
    }

    private static boolean isLoadable(String name, ServletContext application) {
        try {
            Class.forName(name, false, application.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** The application's own, or a new one; one or more. */
    private static List<FilterRegistration> filters(ServletContext application) {
        List<FilterRegistration> own = application.getFilterRegistrations().values().stream()
                .filter(filter -> ChatFilter.class.getName().equals(filter.getClassName()))
                .collect(Collectors.toUnmodifiableList());
        if (!own.isEmpty()) {
            return own;
        }
        FilterRegistration.Dynamic filter = application.addFilter(ChatFilter.class.getName(), ChatFilter.class);
        filter.setAsyncSupported(true);
        return List.of(filter);
    }

    private static void cover(List<FilterRegistration> filters, String path) {
        boolean isCovered = filters.stream()
                .map(FilterRegistration::getUrlPatternMappings)
                // Null in Open Liberty 26 while there are none.
                .filter(Objects::nonNull)
                .flatMap(Collection::stream)
                .anyMatch(pattern -> covers(pattern, path));
        if (!isCovered) {
            filters.get(0).addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, path);
        }
    }

    /** Jakarta Servlet 6.0 section 12.2; the path has no extension. */
    private static boolean covers(String pattern, String path) {
        return pattern.equals(path)
                || pattern.endsWith("/*") && (path + "/").startsWith(pattern.substring(0, pattern.length() - 1));
    }

    /**
     * Looks for a servlet of the application that has the same path, or all paths below it. Called once or more while the
     * application starts, because it can add servlets until then.
     *
     * @throws IllegalStateException with a sentence, if one is there
     */
    public static void refuseServlets(ServletContext application) {
        EndpointPath.refuseServlets(application);
    }

    /** Whether the container can take endpoints now. */
    public static boolean isReady(ServletContext application) {
        return application.getAttribute(ServerContainer.class.getName()) != null;
    }

    /**
     * Deploys the endpoint at its path, after {@link #map}.
     *
     * @throws IllegalStateException with a sentence, if another endpoint of the application is at this path, or if the container
     *     has no WebSocket
     */
    public static void deploy(ServletContext application) {
        if (application.getAttribute(DEPLOYED) != null) {
            return;
        }
        String path = EndpointPath.of(application);
        if (!isReady(application)) {
            throw new IllegalStateException("Parley cannot start in this server: it needs Jakarta WebSocket.");
        }
        refuseEndpoints(application);
        try {
            ((ServerContainer) application.getAttribute(ServerContainer.class.getName()))
                    .addEndpoint(PathEndpoint.at(path));
        } catch (DeploymentException e) {
            throw EndpointPath.taken(path, "another endpoint (" + e.getMessage() + ")", e);
        }
        application.setAttribute(DEPLOYED, true);
    }

    /** Tyrus deploys annotated endpoints last, and says less about it if one is at the same path. */
    private static void refuseEndpoints(ServletContext application) {
        String path = EndpointPath.of(application);
        for (Class<?> each : AnnotatedEndpoints.of(application)) {
            if (each.getAnnotation(ServerEndpoint.class).value().equals(path)) {
                throw EndpointPath.taken(path, "the endpoint " + each.getName(), null);
            }
        }
    }
}
