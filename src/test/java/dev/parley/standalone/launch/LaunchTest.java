package dev.parley.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LaunchTest {
    private static final int JAVA_8 = 52;

    @Test
    void anOlderJavaGetsASentence() {
        assertThat(Launch.refusal("1.8", "/opt/java8"))
                .isEqualTo("Parley needs Java 17 or newer, but this is Java 8 (/opt/java8).");
        assertThat(Launch.refusal("16", "/opt/java16")).contains("this is Java 16");
    }

    @Test
    void thisJavaAndNewerOnesPass() {
        assertThat(Launch.refusal("17", "")).isNull();
        assertThat(Launch.refusal("25", "")).isNull();
    }

    @Test
    void anOlderJavaCanLoadIt() throws IOException {
        try (DataInputStream in = new DataInputStream(Launch.class.getResourceAsStream("Launch.class"))) {
            assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
            in.readUnsignedShort();
            assertThat(in.readUnsignedShort()).isLessThanOrEqualTo(JAVA_8);
        }
    }
}
