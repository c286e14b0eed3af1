package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.CloseCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseReasonsTest {
    /** Jakarta WebSocket throws at a phrase of more than 123 bytes, and the connection would stay half closed. */
    @ParameterizedTest
    @ValueSource(strings = {"garden", "\u0441\u0430\u0434", "a\nb"})
    void aSentenceAboutARoomOfAnyNameFits(String room) {
        String sentence = "what may be done is not known in the room " + room.repeat(64);

        assertThat(CloseReasons.of(CloseCode.RESTART, sentence).getReasonPhrase())
                .startsWith("what may be done is not known in the room ")
                .matches("[ -~]{1,123}");
    }
}
