package dev.parley.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.ParleyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionKeyTest {
    @TempDir
    Path folder;

    @Test
    void theKeyOfAFolderStaysTheSame() {
        byte[] key = SessionKey.of(folder);

        assertThat(key).hasSize(32).isNotEqualTo(new byte[32]);
        assertThat(SessionKey.of(folder)).isEqualTo(key);
        assertThat(folder).isDirectoryContaining(file -> file.endsWith(SessionKey.FILE));
        assertThat(folder.toFile().list()).containsExactly(SessionKey.FILE);
    }

    @Test
    void onlyItsOwnerMayReadIt() throws Exception {
        SessionKey.of(folder);
        Path file = folder.resolve(SessionKey.FILE);
        assertThat(permissions(file)).isEqualTo("rw-------");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        SessionKey.of(folder);
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void aFileThatIsNoKeyIsRefusedWithASentence() throws Exception {
        Path file = folder.resolve(SessionKey.FILE);
        Files.writeString(file, "short");
        assertThatThrownBy(() -> SessionKey.of(folder))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining("32 bytes");

        Files.delete(file);
        Path elsewhere = Files.write(folder.resolve("elsewhere"), new byte[32]);
        Files.createSymbolicLink(file, elsewhere);
        assertThatThrownBy(() -> SessionKey.of(folder)).isInstanceOf(ParleyException.class);
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
