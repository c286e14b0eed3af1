package dev.parley.app;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Finds the name that identifies an application in its server. Stateless.
 *
 * <p>It uses the servlet API, which the standalone server does not have. So {@link #current} may be called only in a container.
 */
final class ApplicationName {
    private static final Logger LOG = System.getLogger(ApplicationName.class.getName());
    private static final String APPLICATION = "java:app/AppName";
    private static final String MODULE = "java:module/ModuleName";

    private ApplicationName() {}

    /**
     * Whether Parley is in the {@code lib} of an EAR, so that several WARs share it. Servers load {@code lib} with one class
     * loader, and each WAR with another one. Where no WAR is known, the names decide.
     */
    static boolean isOfSeveral() {
        ServletContext web = servletContext();
        if (web == null) {
            return isInEar();
        }
        ClassLoader own = ApplicationName.class.getClassLoader();
        return isInFront(web.getClassLoader()) ? !isFor(web.getClassLoader(), own) : web.getClassLoader() != own;
    }

    /** Open Liberty 26 puts a class loader in front of the one that has loaded a WAR. */
    private static boolean isInFront(ClassLoader loader) {
        return loader.getClass().getName().equals("com.ibm.ws.classloading.internal.ThreadContextClassLoader");
    }

    /** Whether this class loader is behind the one in front; where that is not known, whether the names say that there is no EAR. */
    private static boolean isFor(ClassLoader front, ClassLoader behind) {
        try {
            Method isFor = front.getClass().getDeclaredMethod("isFor", ClassLoader.class);
            isFor.setAccessible(true);
            return (boolean) isFor.invoke(front, behind);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(Level.DEBUG, "Liberty does not say which class loader it has put another in front of", e);
            return !isInEar();
        }
    }

    /** Whether the names say that the module that starts on this thread is in an EAR. A module can have the name of its EAR. */
    private static boolean isInEar() {
        String application = lookUp(APPLICATION);
        String module = lookUp(MODULE);
        return application != null && module != null && !application.equals(module);
    }

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
     * The context path of the WAR without its slash, also in an EAR; empty for the WAR at the root. If Parley is in the {@code lib} of an
     * EAR, it is the name of the EAR: its WARs share one log, and at each start another WAR may be the one that starts it.
     */
    static String current() {
        String application = lookUp(APPLICATION);
        if (application != null && isOfSeveral()) {
            return application;
        }
        ServletContext context = servletContext();
        if (context == null) {
            String module = lookUp(MODULE);
            return module == null ? "" : module;
        }
        return context.getContextPath().replaceFirst("^/", "");
    }

    /** The context path of a web application; null for another payload of the events that an application starts or ends. */
    static String contextPath(Object application) {
        return application instanceof ServletContext web ? web.getContextPath() : null;
    }

    /** The WAR whose code starts Parley; null if that code belongs to no WAR. */
    static ServletContext servletContext() {
        try {
            Instance<ServletContext> context = CDI.current().select(ServletContext.class);
            if (!context.isResolvable()) {
                return null;
            }
            ServletContext found = context.get();
            // It may be a proxy, behind which there is none yet.
            found.getContextPath();
            return found;
        } catch (IllegalStateException e) {
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
