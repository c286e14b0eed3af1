package dev.parley.standalone.launch;

import java.lang.reflect.InvocationTargetException;

/**
 * The first class of {@code java -jar parley.war}: checks whether this Java is new enough, then calls {@link #NEXT}. It
 * is compiled for Java 8, so that an older Java prints a sentence, and it refers to the other classes only by name.
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
     * The reason why this Java can't run Parley, or null if it can.
     *
     * @param version such as {@code 1.8}, {@code 11} or {@code 17}
     * @param home the folder of the Java installation
     */
    static String refusal(String version, String home) {
        String number = version.startsWith("1.") ? version.substring(2) : version;
        try {
            if (Integer.parseInt(number) >= OLDEST) {
                return null;
            }
        } catch (NumberFormatException e) {
            // An unusual version number: this Java may be new enough.
            return null;
        }
        return "Parley needs Java " + OLDEST + " or newer, but this is Java " + number + " (" + home + ").";
    }
}
