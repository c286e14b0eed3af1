package dev.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.ClientMessage;
import dev.parley.message.ServerMessage;
import dev.parley.testing.Records;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tables have all messages of the vocabulary. */
class MessageTypesTest {
    private static final Set<Class<?>> NO_JSON = Set.of(ClientMessage.Line.class, ClientMessage.Invalid.class);

    @Test
    void eachMessageHasARow() {
        assertThat(MessageTypes.CLIENT.names().keySet())
                .containsExactlyInAnyOrderElementsOf(Records.of(ClientMessage.class)
                        .filter(record -> !NO_JSON.contains(record))
                        .toList());
        assertThat(MessageTypes.SERVER.names().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Records.of(ServerMessage.class).toList());
    }

    /** Documents and tests find one by the other. */
    @Test
    void aTypeHasTheNameOfItsRecord() {
        for (Map<Class<?>, String> names : List.of(MessageTypes.CLIENT.names(), MessageTypes.SERVER.names())) {
            assertThat(names)
                    .allSatisfy((record, name) ->
                            assertThat(name).isEqualTo(record.getSimpleName().toLowerCase(Locale.ROOT)));
        }
    }
}
