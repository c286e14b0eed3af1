package dev.parley.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the text of a setting, converts it to its type, and reports an invalid value in one sentence. Immutable. */
final class SettingSource {
    /** The JVM uses this character for bytes that its locale's encoding can't decode. */
    private static final char UNDECODABLE = '\uFFFD';

    private final SettingPlaces places;

    SettingSource(SettingPlaces places) {
        this.places = places;
    }

    /** A text and its source. */
    private record Found(String text, String source) {}

    /** The value, or else the default; empty if that is an empty text. */
    Optional<String> text(Setting setting) {
        return Optional.of(find(setting).text()).filter(text -> !text.isEmpty());
    }

    Chosen chosen(Setting setting) {
        Found found = find(setting);
        return new Chosen(setting, found.text(), found.source());
    }

    /** The parts of a list, without commas and the spaces around them. */
    List<String> list(Setting setting) {
        return Stream.of(find(setting).text().split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    boolean flag(Setting setting) {
        return parse(setting, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        });
    }

    int number(Setting setting) {
        return parse(setting, text -> {
            int number = Integer.parseInt(text);
            if (!setting.admits(number)) {
                throw new IllegalArgumentException();
            }
            return number;
        });
    }

    /** The number that is set, or else {@code fallback} instead of the setting's own default. */
    int number(Setting setting, int fallback) {
        return isSet(setting) ? number(setting) : fallback;
    }

    Duration milliseconds(Setting setting) {
        return Duration.ofMillis(number(setting));
    }

    /** @throws SettingsException if the value is no path, or can't be a path with this JVM's locale */
    Path path(Setting setting) {
        Found found = find(setting);
        if (found.text().indexOf(UNDECODABLE) >= 0) {
            throw new SettingsException(
                    ("%s (from %s) has letters that this JVM can't read under its locale (sun.jnu.encoding is %s): start it"
                                    + " with the environment variable LC_ALL=C.UTF-8.")
                            .formatted(setting.key(), found.source(), System.getProperty("sun.jnu.encoding")));
        }
        return parse(setting, text -> Path.of(text).toAbsolutePath().normalize());
    }

    /** @param parser throws IllegalArgumentException if the value is not allowed */
    <T> T parse(Setting setting, Function<String, T> parser) {
        Found found = find(setting);
        try {
            return parser.apply(found.text());
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    "%s is '%s' (from %s), but must be %s."
                            .formatted(setting.key(), found.text(), found.source(), setting.allowed()),
                    e);
        }
    }

    boolean isSet(Setting setting) {
        return lookUp(setting).isPresent();
    }

    private Found find(Setting setting) {
        return lookUp(setting).orElse(new Found(setting.fallback(), "the default"));
    }

    private Optional<Found> lookUp(Setting setting) {
        return places.places().stream()
                .map(place -> found(place.text(setting), place.describe(setting)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Found> found(String value, String source) {
        return Optional.ofNullable(value)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> new Found(text, source));
    }
}
