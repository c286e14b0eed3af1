package dev.parley.app;

import dev.parley.config.Setting;
import dev.parley.config.SettingPlace;
import dev.parley.config.SettingsException;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The settings in MicroProfile Config (2.0 or later), in containers that have it. It is called by reflection, because no class of
 * Parley may need it. Thread-safe.
 */
final class MicroProfilePlace implements SettingPlace {
    private static final String PACKAGE = "org.eclipse.microprofile.config.";

    private final Object config;
    private final Method configValue;
    private final Method value;
    private final Method rawValue;
    private final Method sourceName;
    private final Set<String> names = new HashSet<>();

    private MicroProfilePlace(ClassLoader loader) throws ReflectiveOperationException {
        config = type("ConfigProvider", loader).getMethod("getConfig").invoke(null);
        Class<?> configType = type("Config", loader);
        configValue = configType.getMethod("getConfigValue", String.class);
        Class<?> valueType = type("ConfigValue", loader);
        value = valueType.getMethod("getValue");
        rawValue = valueType.getMethod("getRawValue");
        sourceName = valueType.getMethod("getSourceName");
        Object found = configType.getMethod("getPropertyNames").invoke(config);
        ((Iterable<?>) found).forEach(name -> names.add(name.toString()));
    }

    private static Class<?> type(String name, ClassLoader loader) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name, true, loader);
    }

    /**
     * The configuration of the application that starts on this thread; empty if its container has none.
     *
     * @throws SettingsException if there is one, but it or one of its sources fails
     */
    static Optional<SettingPlace> find() {
        return find(MicroProfilePlace.class.getClassLoader());
    }

    /** @param loader sees the classes of MicroProfile Config, if any */
    static Optional<SettingPlace> find(ClassLoader loader) {
        try {
            return hasImplementation(loader) ? Optional.of(new MicroProfilePlace(loader)) : Optional.empty();
        } catch (ClassNotFoundException | LinkageError none) {
            return Optional.empty();
        } catch (InvocationTargetException e) {
            throw failed(e.getCause());
        } catch (ReflectiveOperationException e) {
            System.getLogger("dev.parley.start").log(Level.WARNING, "MicroProfile Config is not used: " + e);
            return Optional.empty();
        } catch (RuntimeException e) {
            // The names come from the sources one after the other.
            throw failed(e);
        }
    }

    /** If there is only the API, this call throws {@link IllegalStateException}. */
    private static boolean hasImplementation(ClassLoader loader) throws ReflectiveOperationException {
        try {
            type("spi.ConfigProviderResolver", loader).getMethod("instance").invoke(null);
            return true;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalStateException) {
                return false;
            }
            throw e;
        }
    }

    private static SettingsException failed(Throwable why) {
        return new SettingsException(
                "The settings can't be read: MicroProfile Config failed with %s. Its text is left out, because it may have a part of a secret."
                        .formatted(why.getClass().getName()));
    }

    /** Its exceptions are no causes here, and their messages are left out, because both may have a part of a secret. */
    @Override
    public String text(Setting setting) {
        try {
            Object found = configValue.invoke(config, setting.key());
            String text = found == null ? null : (String) value.invoke(found);
            if (text == null && found != null && rawValue.invoke(found) != null) {
                throw unreadable(setting);
            }
            return text;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw unreadable(setting);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SettingsException unreadable(Setting setting) {
        return new SettingsException(
                "%s has an expression ${…} in MicroProfile Config that can't be resolved. A backslash before the $ makes it text."
                        .formatted(setting.key()));
    }

    @Override
    public String describe(Setting setting) {
        try {
            Object found = configValue.invoke(config, setting.key());
            return "MicroProfile Config, source " + (found == null ? null : sourceName.invoke(found));
        } catch (ReflectiveOperationException e) {
            return kind();
        }
    }

    @Override
    public Collection<String> names() {
        return names;
    }

    @Override
    public String kind() {
        return "MicroProfile Config";
    }
}
