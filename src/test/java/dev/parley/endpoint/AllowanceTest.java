package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomName;
import dev.parley.message.ServerMessage;
import dev.parley.security.Quotas;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What counts against the quota of reading: one that allows 1 MiB at once, and is not refilled meanwhile. */
class AllowanceTest {
    private static final int MIB = 1 << 20;

    private final Quotas quotas = new Quotas(0.01, MIB);
    private final Allowance allowance = new Allowance(quotas, quotas, "");

    @BeforeEach
    void admit() {
        allowance.admitted("user:ann");
    }

    private static ServerMessage.Fetched byteOf(long size) {
        return new ServerMessage.Fetched(null, new RoomName("garden"), 1, size, 0, ByteBuffer.allocate(1));
    }

    private void assertIsUsedUp() {
        assertThat(allowance.mayRead()).isFalse();
        assertThatThrownBy(allowance::ask)
                .isInstanceOfSatisfying(
                        ParleyException.class, why -> assertThat(why.code()).isEqualTo(ErrorCode.TOO_FAST));
    }

    @Test
    void aByteOfAnAttachmentCountsAsASixteenthOfTheWhole() {
        allowance.sent(byteOf(1_000), 100);
        allowance.sent(byteOf(8 * MIB), 100);
        assertThat(allowance.mayRead()).isTrue();
        allowance.ask();
        allowance.sent(byteOf(8 * MIB), 100);
        assertIsUsedUp();
    }

    @Test
    void thePartsOfAnAttachmentCount() {
        allowance.sent(byteOf(1_000), MIB / 2);
        assertThat(allowance.mayRead()).isTrue();
        allowance.sent(byteOf(1_000), MIB / 2);
        assertIsUsedUp();
    }

    @Test
    void whoLooksForWhatIsNotThereUsesItUpToo() {
        for (int i = 0; i < 250; i++) {
            allowance.looksUp();
        }
        assertThat(allowance.mayRead()).isTrue();
        for (int i = 0; i < 10; i++) {
            allowance.looksUp();
        }
        assertIsUsedUp();
    }
}
