package dev.parley.admission;

import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The headers of a request. Thread-safe only if the request is. */
@FunctionalInterface
public interface Headers {
    /** All values of a header by its name, in upper or lower case. */
    Iterable<String> values(String name);

    /** The first value, or null. */
    default String first(String name) {
        Iterator<String> values = values(name).iterator();
        return values.hasNext() ? values.next() : null;
    }

    default boolean have(String name) {
        return values(name).iterator().hasNext();
    }

    default boolean repeat(String name) {
        return StreamSupport.stream(values(name).spliterator(), false).limit(2).count() == 2;
    }

    /** Whether the values, each a list with commas, contain this token. */
    default boolean haveToken(String header, String token) {
        return StreamSupport.stream(values(header).spliterator(), false)
                .flatMap(value -> Stream.of(value.split(",")))
                .anyMatch(each -> each.strip().toLowerCase(Locale.ROOT).equals(token));
    }
}
