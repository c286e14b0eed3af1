package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.Setting;
import dev.parley.config.SettingPlace;
import dev.parley.config.SettingsException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of an application where MicroProfile Config does not read it. An EAR in a container has it in ExamplesTogetherContainerIT. */
class ConfigFileTest {
    @TempDir
    private Path folder;

    @Test
    void itHasTheSettingsThatAreNotKnownYet() throws IOException {
        SettingPlace place =
                read("parley.guests=false\nparley.rate=7\nshop.name=Teekännchen\n", List.of("parley.rate"));
        assertThat(place.names()).containsExactly("parley.guests");
        assertThat(place.text(Setting.GUESTS)).isEqualTo("false");
        assertThat(place.describe(Setting.GUESTS))
                .isEqualTo("the META-INF/microprofile-config.properties parley.guests");
    }

    @Test
    void withoutTheFileThereIsNone() throws IOException {
        try (URLClassLoader loader = loader()) {
            assertThat(ConfigFile.of(loader, List.of()).names()).isEmpty();
        }
    }

    @Test
    void anExpressionEndsTheStart() {
        assertThatThrownBy(() -> read("parley.jwt.secret=hush-hush-${absent}", List.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("parley.jwt.secret has an expression ${…}")
                .hasMessageNotContaining("hush");
    }

    @Test
    void aBackslashMakesAnExpressionText() throws IOException {
        assertThat(read("parley.jwt.issuer=a\\\\${b}", List.of()).text(Setting.JWT_ISSUER))
                .isEqualTo("a${b}");
    }

    private SettingPlace read(String text, List<String> known) throws IOException {
        Path file = folder.resolve(ConfigFile.NAME);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        try (URLClassLoader loader = loader()) {
            return ConfigFile.of(loader, known);
        }
    }

    private URLClassLoader loader() throws IOException {
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
    }
}
