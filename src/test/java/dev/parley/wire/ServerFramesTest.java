package dev.parley.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import jakarta.websocket.DecodeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client is told when a frame of its server makes no sense. */
class ServerFramesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Hello",
                "7",
                "[1]",
                "{}",
                "{\"type\":\"beat\"}x",
                "{\"type\":\"left\"}",
                "{\"type\":\"typing\",\"room\":\"a\",\"user\":\"a\",\"user\":\"a\"}",
                "{\"type\":\"error\",\"code\":\"dance\",\"message\":\"\"}",
                "{\"type\":\"said\",\"room\":\"a\",\"seq\":1,\"at\":\"yesterday\"}",
                "{\"type\":\"history\",\"room\":\"a\",\"entries\":{},\"more\":true}",
                "{\"type\":\"history\",\"room\":\"a\",\"entries\":[1],\"more\":true}",
                "{\"type\":\"history\",\"room\":\"a\",\"entries\":[],\"more\":1}"
            })
    void aClientIsToldWhenAServersFrameIsWrong(String frame) {
        assertThatThrownBy(() -> new ServerText.Decoder().decode(frame))
                .isInstanceOf(DecodeException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ParleyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Test
    void aServersFrameWithoutAnyRequiredFieldIsRefused() {
        for (ServerMessage message : Samples.serverMessages().toList()) {
            String json = MessageJson.write(message);
            for (String field : List.of(
                    "room",
                    "seq",
                    "from",
                    "at",
                    "text",
                    "media",
                    "data",
                    "session",
                    "user",
                    "heartbeat",
                    "limits",
                    "epoch",
                    "members",
                    "entries",
                    "recovered",
                    "more",
                    "code",
                    "message",
                    "online",
                    "reason")) {
                String without = json.replaceFirst("\"" + field + "\":", "\"x\":");
                boolean isOptional = field.equals("reason") && message instanceof ServerMessage.Left
                        || field.equals("from") && message instanceof ServerMessage.Erased
                        || field.equals("text") && message instanceof Entry entry && entry.body() == Samples.DATA;
                if (without.equals(json) || isOptional) {
                    continue;
                }
                assertThatThrownBy(() -> MessageJson.readServer(without))
                        .as(without)
                        .isInstanceOf(ParleyException.class);
            }
        }
    }
}
