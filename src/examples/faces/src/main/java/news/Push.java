package news;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * In place of {@code jakarta.faces.push.Push}: a bean that sends to a channel changes this one import.
 *
 * <pre>{@code
 * @Inject @Push PushContext headlines;   // the channel is named as the field is
 * }</pre>
 */
@Qualifier
@Retention(RUNTIME)
@Target({TYPE, METHOD, FIELD, PARAMETER})
public @interface Push {
    @Nonbinding
    String channel() default "";
}
