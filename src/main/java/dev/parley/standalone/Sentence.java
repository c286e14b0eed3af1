package dev.parley.standalone;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Describes a failure in one sentence for the person who started the server. */
final class Sentence {
    private static final List<String> CONTAINERS = List.of("org.jboss.weld.", "jakarta.", "org.glassfish.");

    private Sentence() {}

    /** The message of the first exception in the chain of causes that does not only wrap the next one. */
    static String of(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null && isWrapping(cause)) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        String sentence = message == null || message.isBlank()
                ? "Parley can't start: " + cause.getClass().getName()
                : message;
        return sentence.strip().lines().findFirst().orElseThrow();
    }

    private static boolean isWrapping(Throwable problem) {
        return problem instanceof InvocationTargetException
                || problem instanceof ExecutionException
                || CONTAINERS.stream().anyMatch(problem.getClass().getName()::startsWith);
    }
}
