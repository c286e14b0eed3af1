package dev.parley.app;

import dev.parley.access.Access;
import dev.parley.access.AccessPolicy;
import dev.parley.config.Settings;
import dev.parley.config.SettingsException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.function.Function;

/** The one place where it is chosen who may do what in which room. Stateless. */
@Dependent
class PolicyChoice {
    /** The policies, by their names in {@code parley.access}. */
    static final Map<String, Function<Settings, AccessPolicy>> BY_NAME =
            Map.of("open", settings -> Access.OPEN, "users", settings -> Access.USERS);

    @Inject
    private BeanManager beans;

    @Inject
    private Instance<RequestContextController> requests;

    /**
     * Makes the policy: a bean of the application, if there is one, can only grant less than the policy that the
     * setting names.
     *
     * @throws SettingsException if no policy has the name that is set, or the application has several beans for it
     */
    AccessPolicy open(Settings settings) {
        AccessPolicy named = settings.access().among(BY_NAME).apply(settings);
        return BeanPolicy.find(named, beans, requests::get)
                .<AccessPolicy>map(policy -> policy)
                .orElse(named);
    }
}
