package dev.parley.app;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The beans of one type in EARs with Parley in their {@code lib}. WildFly makes one bean for an EAR. Payara 6 makes one for each WAR,
 * of the same class: the first one has the parts, and all others use these until the last one ends. Thread-safe.
 */
final class EarBeans<T> {
    /** By the name of the EAR. */
    private final Map<String, Users<T>> ears = new HashMap<>();

    private record Users<T>(T first, Set<T> all) {}

    /** Adds a bean that starts. @return the bean with the parts, perhaps this one */
    synchronized T add(String ear, T bean) {
        Users<T> users = ears.computeIfAbsent(ear, name -> new Users<>(bean, new HashSet<>()));
        users.all().add(bean);
        return users.first();
    }

    /** Removes a bean whose application ends, and which can still send. @return false if others still use the parts */
    synchronized boolean remove(String ear, T bean) {
        Users<T> users = ears.get(ear);
        if (users == null) {
            return true;
        }
        users.all().remove(bean);
        boolean isLast = users.all().isEmpty();
        if (isLast) {
            ears.remove(ear);
        }
        return isLast;
    }

    /**
     * Removes a bean that does not exist any more. If it is the one with the parts, the next bean that starts has new ones.
     *
     * @return whether the parts end now: the bean has them, or no other one uses them
     */
    synchronized boolean end(String ear, T bean) {
        boolean isLast = remove(ear, bean);
        Users<T> others = ears.get(ear);
        boolean isFirst = others != null && others.first() == bean;
        if (isFirst) {
            ears.remove(ear);
        }
        return isLast || isFirst;
    }
}
