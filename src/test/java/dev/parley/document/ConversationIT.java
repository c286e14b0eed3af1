package dev.parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.ServerProcess;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The conversations in the documents, each with a standalone server of its own. */
class ConversationIT {
    static Stream<Conversation> conversations() {
        return Stream.of(Markdown.named("protocol.md"), Markdown.readme()).flatMap(ConversationIT::in);
    }

    private static Stream<Conversation> in(Markdown document) {
        return document.blocks().stream()
                .filter(block -> block.info().equals("conversation"))
                .map(block -> new Conversation(document, block.lines()));
    }

    @Test
    void eachOfTheseDocumentsHasConversations() {
        assertThat(List.of(Markdown.named("protocol.md"), Markdown.readme()))
                .allSatisfy(document -> assertThat(in(document)).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void theServerSaysWhatTheDocumentSays(Conversation conversation) {
        try (ServerProcess server = ServerProcess.start()) {
            conversation.playAt(server.chat());
        }
    }
}
