package dev.parley;

import dev.parley.message.RoomPattern;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits an observer of {@link dev.parley.message.Entry} or of {@link Draft} to the rooms whose names match a pattern:
 *
 * <pre>{@code
 * void hear(@Observes @InRoom("order-*") Entry entry) { … }
 * }</pre>
 *
 * <p>A pattern matches no direct room. If the pattern is not valid, the application does not start.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface InRoom {
    /** The pattern, as in {@link RoomPattern}: each {@code *} stands for any number of characters. */
    @Nonbinding
    String value();
}
