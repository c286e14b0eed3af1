package dev.parley.app;

import dev.parley.endpoint.ServletEndpoint;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.Set;

/**
 * Called by a servlet container for each web application that has Parley, also with {@code metadata-complete="true"} in its
 * {@code web.xml}: it puts the filters in front of the application's own, and deploys the endpoint when the WebSocket container is there.
 */
public final class WebInitializer implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> none, ServletContext application) {
        WebModule.map(application);
        ServletEndpoint.refuseServlets(application);
        application.addListener(new Deployment());
    }

    /** Listeners start after all initializers, so the WebSocket container is there. */
    private static final class Deployment implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            WebModule.start(event.getServletContext());
        }
    }
}
