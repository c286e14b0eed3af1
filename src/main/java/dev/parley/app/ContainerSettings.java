package dev.parley.app;

import dev.parley.config.Properties;
import dev.parley.config.SettingPlaces;
import dev.parley.config.Settings;
import dev.parley.webapp.PageFilter;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the settings of one application in a container. MicroProfile Config has the first word, if the container has it; it
 * includes system properties and environment variables. Then come these, and the context-params of the application. Stateless.
 */
final class ContainerSettings {
    private static final String OURS = "dev.parley.ours";

    private ContainerSettings() {}

    /** The settings of the application that starts on this thread. Throws what {@link Settings#of} throws. */
    static Settings read() {
        return Settings.of(
                places(ApplicationName.isOfSeveral() ? null : ApplicationName.servletContext()),
                ApplicationName.current());
    }

    /** The path of the endpoint in this web application. */
    static String path(ServletContext application) {
        return Settings.path(places(application));
    }

    /** @param application null if the settings are read for no web application, or for all of an EAR */
    private static SettingPlaces places(ServletContext application) {
        return SettingPlaces.ofSystem()
                .between(
                        MicroProfilePlace.find().orElse(null),
                        application == null ? null : new Properties("context-param", parameters(application)),
                        application != null && isOurs(application));
    }

    private static Map<String, String> parameters(ServletContext application) {
        return Collections.list(application.getInitParameterNames()).stream()
                .collect(Collectors.toMap(Function.identity(), application::getInitParameter));
    }

    /**
     * Whether it is Parley's own archive: its web.xml has this filter. The answer is kept, because Payara 6
     * starts the beans of a jar in {@code WEB-INF/lib} in a listener that may not ask for filters.
     */
    static boolean isOurs(ServletContext application) {
        if (!(application.getAttribute(OURS) instanceof Boolean)) {
            application.setAttribute(
                    OURS,
                    application.getFilterRegistrations().values().stream()
                            .anyMatch(filter -> PageFilter.class.getName().equals(filter.getClassName())));
        }
        return (Boolean) application.getAttribute(OURS);
    }
}
