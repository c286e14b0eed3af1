package dev.parley.standalone.launch;

import java.lang.reflect.InvocationTargetException;

/**
 * What {@code java -jar parley.war} runs first: looks whether this Java is new enough, then goes on with {@link
 * #NEXT}. Compiled for Java 8, so that an older Java gets a sentence, and knows the rest by its name only.
 */
public final class Launch {
    private static final String NEXT = "dev.parley.standalone.launch.Start";
    private static final int OLDEST = 17;

    private Launch() {}

    public static void main(String... arguments) throws ReflectiveOperationException {
        String sentence = refusal(System.getProperty("java.specification.version"), System.getProperty("java.home"));
        if (sentence != null) {
            System.err.println(sentence);
            System.exit(1);
        }
        try {
            Class.forName(NEXT).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Why this Java can't run Parley, or null where it can.
     *
     * @param version such as {@code 1.8}, {@code 11} or {@code 17}
     * @param home where it is installed
     */
    static String refusal(String version, String home) {
        String number = version.startsWith("1.") ? version.substring(2) : version;
        try {
            if (Integer.parseInt(number) >= OLDEST) {
                return null;
            }
        } catch (NumberFormatException e) {
            // Not a Java that numbers itself as all others do: that one may be able to.
            return null;
        }
        return "Parley needs Java " + OLDEST + " or newer, but this is Java " + number + " (" + home + ").";
    }
}
