package dev.parley.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

/** Starts Parley with its application. Stateless. */
@Dependent
class Start {
    /**
     * If this throws, the start of the application fails with the message.
     *
     * <p>For a jar in {@code WEB-INF/lib}, Payara 6 sends this event before the web application is there, and with it its name and
     * its settings. There the {@link WebInitializer} starts Parley.
     */
    void initialized(
            @Observes @Initialized(ApplicationScoped.class) Object context, Instance<Application> application) {
        if (!ApplicationName.isKnown()) {
            application.get().ready();
        } else if (WebModule.isOne(context)) {
            application.get().ready(ApplicationName.contextPath(context));
            WebModule.started(context);
        }
    }
}
