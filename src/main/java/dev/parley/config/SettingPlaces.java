package dev.parley.config;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The places with the settings of one application. The first place that has a setting decides. Immutable.
 *
 * @param system the system properties, which also have the folders of a container
 * @param alone whether this is Parley's own server or archive, and not someone else's application with Parley in it
 */
public record SettingPlaces(List<SettingPlace> places, Map<String, String> system, boolean alone) {
    private static final String PREFIX = "parley.";

    public SettingPlaces {
        places = List.copyOf(places);
        system = Map.copyOf(system);
    }

    /** The system properties and the environment variables of this JVM. */
    public static SettingPlaces ofSystem() {
        return of(
                System.getProperties().stringPropertyNames().stream()
                        .filter(name -> System.getProperty(name) != null)
                        .collect(Collectors.toUnmodifiableMap(name -> name, System::getProperty)),
                System.getenv());
    }

    static SettingPlaces of(Map<String, String> properties, Map<String, String> environment) {
        return new SettingPlaces(
                List.of(new Properties("system property", properties), new EnvironmentVariables(environment)),
                properties,
                true);
    }

    /**
     * The same places between others.
     *
     * @param before comes before all of these; or null
     * @param after comes after all of these; or null
     */
    public SettingPlaces between(SettingPlace before, SettingPlace after, boolean alone) {
        List<SettingPlace> all = new ArrayList<>(places);
        if (before != null) {
            all.add(0, before);
        }
        if (after != null) {
            all.add(after);
        }
        return new SettingPlaces(all, system, alone);
    }

    /**
     * Looks for names {@code parley.*} that are no settings. Someone else's application may have such names for itself, so they
     * are only logged there. Values are never logged, because they may be secrets.
     *
     * @throws SettingsException for the first such name in Parley's own server or archive
     */
    void check() {
        Map<String, String> unknown = new TreeMap<>();
        Set<String> known = Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.toSet());
        for (SettingPlace place : places) {
            place.names().stream()
                    .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
                    .forEach(name -> unknown.put(name, place.kind()));
        }
        unknown.forEach((name, kind) -> {
            String sentence = "There is no setting %s (%s); the nearest is %s.".formatted(name, kind, nearest(name));
            if (alone) {
                throw new SettingsException(sentence);
            }
            System.getLogger("dev.parley.start").log(Level.WARNING, sentence);
        });
    }

    private static String nearest(String unknown) {
        return Arrays.stream(Setting.values())
                .map(Setting::key)
                .min(Comparator.comparingInt(known -> distance(known, unknown)))
                .orElseThrow();
    }

    /** The number of letters to insert, delete or replace to turn one word into the other (Levenshtein distance). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        Arrays.setAll(row, column -> column);
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
