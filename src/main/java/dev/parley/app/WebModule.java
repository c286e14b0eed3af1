package dev.parley.app;

import dev.parley.endpoint.ChatEndpoint;
import dev.parley.endpoint.ServletEndpoint;
import dev.parley.webapp.AddressFilter;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;

/** Puts the endpoint into a web application with Parley. For the threads that start the application. Stateless. */
final class WebModule {
    private WebModule() {}

    /** Reads the path, and puts the filters there. Does nothing the second time. */
    static void map(ServletContext application) {
        if (ServletEndpoint.isIn(application)) {
            return;
        }
        String path = ContainerSettings.path(application);
        ServletEndpoint.map(application, path);
        if (!path.equals(ChatEndpoint.PATH)) {
            // For pages that have Parley's modules from its jar.
            AddressFilter.map(application, "/parley/", ".." + path);
            if (ContainerSettings.isOurs(application)) {
                AddressFilter.map(application, "/", path.substring(1));
            }
        }
    }

    /** Whether the payload of the event that an application has started is a web application. */
    static boolean isOne(Object context) {
        return context instanceof ServletContext;
    }

    /**
     * The beans of a web application have started. Where a container ran no {@link WebInitializer}, this is the first that it
     * calls: Payara 6 does not run it with {@code <absolute-ordering/>} in {@code web.xml}, and no container has to if Parley is
     * in the {@code lib} of an EAR.
     *
     * @param context a {@link ServletContext}
     */
    static void started(Object context) {
        ServletContext application = (ServletContext) context;
        try {
            map(application);
        } catch (UnsupportedOperationException | IllegalStateException tooLateForFilters) {
            // The first connection logs that there is no filter.
        }
        ServletEndpoint.refuseServlets(application);
        if (ServletEndpoint.isReady(application)) {
            ServletEndpoint.deploy(application);
        }
    }

    /** The WebSocket container is there. If the server has no CDI, the filter says so later. */
    static void start(ServletContext application) {
        ServletEndpoint.deploy(application);
        if (hasBeans()) {
            CDI.current().select(Application.class).get().ready(application.getContextPath());
        }
    }

    private static boolean hasBeans() {
        try {
            return CDI.current() != null;
        } catch (IllegalStateException | LinkageError none) {
            return false;
        }
    }
}
