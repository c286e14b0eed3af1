package dev.parley.app;

import dev.parley.access.Access;
import dev.parley.access.AccessPolicy;
import dev.parley.access.ClaimedAccess;
import dev.parley.access.MemberAccess;
import dev.parley.access.RulesFile;
import dev.parley.access.StandingCache;
import dev.parley.access.StandingPolicy;
import dev.parley.config.Setting;
import dev.parley.config.Settings;
import dev.parley.config.SettingsException;
import dev.parley.message.ParleyException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The one place where it is chosen who may do what in which room. Stateless. */
@Dependent
class PolicyChoice {
    private static final Logger LOG = System.getLogger(PolicyChoice.class.getName());

    /** The policies, by their names in {@code parley.access}. */
    static final Map<String, Function<StandingCache, AccessPolicy>> BY_NAME =
            Map.of("open", standings -> Access.OPEN, "users", standings -> Access.USERS, "members", MemberAccess::new);

    @Inject
    private BeanManager beans;

    @Inject
    private Instance<RequestContextController> requests;

    /**
     * Makes the policy: a bean of the application, if there is one, can only grant less than the policy that the
     * setting names. Without a bean, the file of rules replaces that policy, and the claim of a token comes before both.
     * The standings of callers come before all of them.
     *
     * @throws SettingsException if no policy has the name that is set, the application has several beans for it, or the
     *     file of rules can't be used
     */
    AccessPolicy open(Settings settings, StandingCache standings) {
        return new StandingPolicy(chosen(settings, standings), standings, Clock.systemUTC());
    }

    private AccessPolicy chosen(Settings settings, StandingCache standings) {
        AccessPolicy named = settings.access().among(BY_NAME).apply(standings);
        Optional<Path> rules = settings.accessRules();
        Optional<BeanPolicy> bean = BeanPolicy.find(named, beans, requests::get);
        if (bean.isEmpty()) {
            return new ClaimedAccess(rules.isPresent() ? rules(rules.get()) : named);
        }
        if (rules.isPresent()) {
            LOG.log(Level.WARNING, "{0} is not read: a bean decides: {1}", Setting.ACCESS_RULES.key(), bean.get());
        }
        return bean.get();
    }

    private static RulesFile rules(Path file) {
        try {
            return new RulesFile(file);
        } catch (ParleyException e) {
            throw new SettingsException(Setting.ACCESS_RULES.key() + ": " + e.getMessage(), e);
        }
    }

    /** The roles that a container is asked about at each handshake. */
    static Set<String> roles(Settings settings, AccessPolicy policy) {
        Set<String> roles = new HashSet<>(settings.roles());
        roles.addAll(policy.roles());
        return roles;
    }
}
