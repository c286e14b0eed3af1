package dev.parley;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes an observer of {@link Draft} one that is called before the message is stored. It may change or refuse the message:
 *
 * <pre>{@code
 * void mask(@Observes @Before Draft draft) { … }
 * }</pre>
 *
 * <p>Each observer of {@link Draft} must have this qualifier, and none can be {@code @ObservesAsync}. Otherwise the
 * application does not start.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Before {}
