package dev.parley.app;

import dev.parley.config.Properties;
import dev.parley.config.SettingPlace;
import dev.parley.config.SettingPlaces;
import dev.parley.config.Settings;
import dev.parley.webapp.PageFilter;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the settings of one application in a container. MicroProfile Config has the first word, if the container has it; it
 * includes system properties and environment variables. Then come these, the {@link ConfigFile} and the context-params of the
 * application. Stateless.
 */
final class ContainerSettings {
    private static final String OURS = "dev.parley.ours";
    private static final String MICRO_PROFILE = "dev.parley.microprofile";

    private ContainerSettings() {}

    /** The settings of the application that starts on this thread. Throws what {@link Settings#of} throws. */
    static Settings read() {
        ServletContext starts = ApplicationName.servletContext();
        return Settings.of(
                places(ApplicationName.isOfSeveral() ? null : starts, microProfile(starts)), ApplicationName.current());
    }

    /** The path of the endpoint in this web application. */
    static String path(ServletContext application) {
        return Settings.path(places(application, microProfile(application)));
    }

    /** @param application null if the settings are read for no web application, or for all of an EAR */
    private static SettingPlaces places(ServletContext application, Optional<SettingPlace> microProfile) {
        SettingPlaces places = SettingPlaces.ofSystem().between(microProfile.orElse(null), null, false);
        Collection<String> known = microProfile.map(SettingPlace::names).orElse(List.of());
        if (application == null) {
            // An observer of the application may use Parley before its WAR is known. The file is never ignored.
            return places.between(null, ConfigFile.of(ConfigFile.class.getClassLoader(), known), false);
        }
        boolean alone = isOurs(application);
        return places.between(null, ConfigFile.of(application, known), alone)
                .between(null, new Properties("context-param", parameters(application)), alone);
    }

    private static Optional<SettingPlace> microProfile(ServletContext application) {
        return microProfile(application, MicroProfilePlace.class.getClassLoader());
    }

    /**
     * The path is needed before the rest, so the configuration is kept: to read it asks all of its sources for their names.
     *
     * @param application null if there is no web application
     */
    static Optional<SettingPlace> microProfile(ServletContext application, ClassLoader loader) {
        if (application == null) {
            return MicroProfilePlace.find(loader);
        }
        if (!(application.getAttribute(MICRO_PROFILE) instanceof Kept)) {
            application.setAttribute(MICRO_PROFILE, new Kept(MicroProfilePlace.find(loader)));
        }
        return ((Kept) application.getAttribute(MICRO_PROFILE)).place();
    }

    private record Kept(Optional<SettingPlace> place) {}

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
