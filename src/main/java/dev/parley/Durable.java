package dev.parley;

import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives an observer of {@link dev.parley.message.Entry} a position in each room, which is stored in the log. After a restart
 * or a crash, the observer goes on there:
 *
 * <pre>{@code
 * void index(@Observes @Durable("search") Entry entry) { … }
 * }</pre>
 *
 * <p>The observer gets each entry at least once, and the entries of a room in their order. Its position is stored about once a
 * second. So after a crash it gets the last entries again: {@link dev.parley.message.Entry#room} and {@link
 * dev.parley.message.Entry#seq} are the same then. It gets an entry that was erased before without its content, and an
 * entry that was deleted before not at all.
 *
 * <p>If the observer throws, it gets the same entry again after a second, then after two, and so on, at the end once in a minute,
 * until it returns. Meanwhile it gets no other entry of that room, and the entries of all other rooms. Each failure counts
 * in the log; nothing is skipped.
 *
 * <p>Each such observer has one thread of the application, and each call has its own request context. {@link InRoom} limits it
 * to some rooms. It can't be {@code @ObservesAsync}. Two observers of one application can't have the same name. In all these
 * cases, the application does not start.
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Durable {
    /**
     * The name of the position: 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}. It belongs to the log: an observer with a
     * new name has a new position, and an observer that was renamed keeps its position if the name here stays.
     */
    @Nonbinding
    String value();

    /**
     * Where a new name begins: with true at the oldest entry of each room, else behind the newest one. A name that has a position
     * keeps it.
     */
    @Nonbinding
    boolean fromStart() default false;
}
