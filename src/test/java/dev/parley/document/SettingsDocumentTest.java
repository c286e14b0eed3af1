package dev.parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.config.Setting;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of {@code operations.md} has every setting, under its names, with its default and what it may be. */
class SettingsDocumentTest {
    private static final List<List<String>> ROWS =
            Markdown.named("operations.md").rowsBelow("Operations", "Settings");
    /** Their defaults follow from something else. */
    private static final Set<Setting> COMPUTED = EnumSet.of(
            Setting.CONNECTIONS,
            Setting.BURST,
            Setting.RATE_BYTES,
            Setting.RATE_BYTES_ADDRESS,
            Setting.QUOTA_ATTACHMENTS_ADDRESS,
            Setting.QUOTA_ROOMS_MADE_ADDRESS,
            Setting.QUOTA_ROOMS_USER,
            Setting.QUOTA_ROOMS_ADDRESS,
            Setting.DISK_FREE,
            Setting.MEMORY);

    @Test
    void thereIsARowForEachSettingAndNoOther() {
        assertThat(ROWS.stream().map(row -> row.get(0)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Setting.values())
                        .map(setting -> code(setting.key()))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void theRowSaysWhatTheCodeSays(Setting setting) {
        Map<String, List<String>> rows =
                ROWS.stream().collect(Collectors.toMap(row -> row.get(0), Function.identity()));
        List<String> row = rows.get(code(setting.key()));

        assertThat(row.get(1)).isEqualTo(code(setting.variable()));
        assertThat(row.get(3)).isEqualTo(setting.allowed());
        assertThat(row.get(4)).isNotEmpty();
        if (COMPUTED.contains(setting)) {
            assertThat(row.get(2)).isNotEmpty().doesNotContain("`");
        } else {
            assertThat(row.get(2)).isEqualTo(setting.fallback().isEmpty() ? "–" : code(setting.fallback()));
        }
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
