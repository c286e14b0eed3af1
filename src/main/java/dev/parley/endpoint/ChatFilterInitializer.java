package dev.parley.endpoint;

import dev.parley.admission.Admission;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;

/**
 * Registers the {@link ChatFilter} in every application that has this class, before the application's own filters.
 *
 * <p>An annotation is not enough: with {@code metadata-complete="true"} in its {@code web.xml}, an application has the
 * endpoint, but no annotated filters (Jakarta Servlet 6.0 section 8.1). This initializer is not enough either: with
 * {@code <absolute-ordering/>} in {@code web.xml}, Payara 6 does not run it. With both, an application on Payara must map
 * the filter itself; its first connection logs that.
 */
public final class ChatFilterInitializer implements ServletContainerInitializer {
    @Override
    public void onStartup(Set<Class<?>> none, ServletContext application) {
        if (application.getFilterRegistrations().values().stream()
                .anyMatch(filter -> ChatFilter.NAME.equals(filter.getClassName()))) {
            return;
        }
        FilterRegistration.Dynamic filter = application.addFilter(ChatFilter.NAME, ChatFilter.class);
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, Admission.PATH);
    }
}
