package dev.parley.log.durable;

import dev.parley.log.User;
import java.util.List;

/** What is written beside drafts, and answers nobody: read marks, and users with their reserved names. Immutable. */
record Notes(List<Mark> marks, List<User> names) {
    static final Notes NONE = new Notes(List.of(), List.of());

    Notes {
        marks = List.copyOf(marks);
        names = List.copyOf(names);
    }

    boolean isEmpty() {
        return marks.isEmpty() && names.isEmpty();
    }
}
