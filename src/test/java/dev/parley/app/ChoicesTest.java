package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.Chosen;
import dev.parley.config.Setting;
import dev.parley.config.SettingsException;
import dev.parley.document.Markdown;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The parts that a setting chooses among by their names. */
class ChoicesTest {
    static List<Arguments> choices() {
        return List.of(
                Arguments.of(Setting.DATABASE, DatabaseChoice.BY_NAME),
                Arguments.of(Setting.RELAY, RelayChoice.BY_NAME),
                Arguments.of(Setting.ACCESS, PolicyChoice.BY_NAME));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void theDefaultIsOneOfThem(Setting setting, Map<String, ?> byName) {
        assertThat(byName).containsKey(setting.fallback());
    }

    @ParameterizedTest
    @MethodSource("choices")
    void theTableOfSettingsSaysWhatEachIs(Setting setting, Map<String, ?> byName) {
        String meaning = Markdown.named("operations.md").rowsBelow("Operations", "Settings").stream()
                .filter(row -> row.get(0).equals("`" + setting.key() + "`"))
                .findAny()
                .orElseThrow()
                .get(4);

        assertThat(byName.keySet())
                .as("names of %s", setting.key())
                .allSatisfy(name -> assertThat(meaning).contains("`" + name + "`"));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void anotherNameIsRefusedWithThoseThatThereAre(Setting setting, Map<String, ?> byName) {
        Chosen other = new Chosen(setting, "other", "the system property " + setting.key());

        assertThatThrownBy(() -> other.among(byName))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "%s is 'other' (from the system property %s), but must be ", setting.key(), setting.key())
                .message()
                .contains(byName.keySet());
    }
}
