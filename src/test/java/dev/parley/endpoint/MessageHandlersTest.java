package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.ClientMessage;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.testing.Records;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageHandlersTest {
    @Test
    void eachTypeHasAHandler() {
        assertThat(MessageHandlers.ALL.records())
                .containsExactlyInAnyOrderElementsOf(
                        Records.of(ClientMessage.class).toList());
    }

    @Test
    void aTypeWithoutAHandlerIsUnknown() {
        MessageHandlers none = new MessageHandlers(List.of());

        assertThatThrownBy(() -> none.of(new ClientMessage.Beat()))
                .isInstanceOfSatisfying(
                        ParleyException.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.UNKNOWN_TYPE));
    }
}
