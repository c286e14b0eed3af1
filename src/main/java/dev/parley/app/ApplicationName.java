package dev.parley.app;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * What tells an application from the others in its server. Stateless.
 *
 * <p>It knows the servlet API, which the standalone server does not have: only a container may load it.
 */
final class ApplicationName {
    private ApplicationName() {}

    /** Whether there is a servlet container. */
    static boolean isKnown() {
        try {
            Class.forName("jakarta.servlet.ServletContext", false, ApplicationName.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /**
     * The name of the EAR, or the context path of the WAR without its slash; empty for the WAR at the root. The WARs of
     * an EAR share one log where Parley is in its {@code lib}: which of them starts it, is not the same at each start.
     */
    static String current() {
        String application = lookUp("java:app/AppName");
        String module = lookUp("java:module/ModuleName");
        if (application != null && module != null && !application.equals(module)) {
            return application;
        }
        String path = contextPath();
        return path == null ? "" : path.replaceFirst("^/", "");
    }

    private static String contextPath() {
        try {
            Instance<ServletContext> context = CDI.current().select(ServletContext.class);
            return context.isResolvable() ? context.get().getContextPath() : null;
        } catch (IllegalStateException e) {
            // Started by something that belongs to no WAR.
            return null;
        }
    }

    /** The names that Jakarta EE Platform 10 section 5.2.2 has for every component. */
    private static String lookUp(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException | ClassCastException e) {
            return null;
        }
    }
}
