package dev.parley.endpoint;

import dev.parley.admission.Admission;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;

/**
 * Registers the {@link ChatFilter} in every application that has this class, before its own filters.
 *
 * <p>An annotation is not enough: an application whose {@code web.xml} says {@code metadata-complete="true"} has the
 * endpoint all the same, but none of its annotated filters (Jakarta Servlet 6.0 section 8.1). This initializer is not
 * enough either: Payara 6 leaves it out where {@code web.xml} says {@code <absolute-ordering/>}. Where both are said,
 * Payara's application has to map the filter itself; its first connection says so in the log.
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
