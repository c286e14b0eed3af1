package dev.parley.testing;

import java.util.stream.Stream;

/** The records of a sealed vocabulary. */
public final class Records {
    private Records() {}

    /** All records that implement a sealed interface, or one that it permits. */
    public static Stream<Class<?>> of(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(Records::of)
                : Stream.<Class<?>>of(type);
    }

    /** Whether a record has a component of this type. */
    public static boolean has(Class<?> record, Class<?> component) {
        return Stream.of(record.getRecordComponents()).anyMatch(each -> each.getType() == component);
    }
}
