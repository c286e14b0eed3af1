package dev.parley.standalone;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** What went wrong, in one sentence for the person who started the server. */
final class Sentence {
    private static final List<String> CONTAINERS = List.of("org.jboss.weld.", "jakarta.", "org.glassfish.");

    private Sentence() {}

    /** The message of the first in the chain of causes that isn't just a container's wrapping of the next. */
    static String of(Throwable problem) {
        Throwable telling = problem;
        while (telling.getCause() != null && isWrapping(telling)) {
            telling = telling.getCause();
        }
        String message = telling.getMessage();
        String sentence = message == null || message.isBlank()
                ? "Parley can't start: " + telling.getClass().getName()
                : message;
        return sentence.strip().lines().findFirst().orElseThrow();
    }

    private static boolean isWrapping(Throwable problem) {
        return problem instanceof InvocationTargetException
                || problem instanceof ExecutionException
                || CONTAINERS.stream().anyMatch(problem.getClass().getName()::startsWith);
    }
}
