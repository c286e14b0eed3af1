package dev.parley.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Grant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AccessTest {
    @Nested
    class Open extends PolicyContract {
        @Override
        protected AccessPolicy policy() {
            return Access.OPEN;
        }

        @Test
        void everybodyMayDoEverything() {
            assertThat(grant(GUEST, GARDEN)).isEqualTo(Grant.all());
            assertThat(grant(USER, GARDEN)).isEqualTo(Grant.all());
        }
    }

    @Nested
    class Users extends PolicyContract {
        @Override
        protected AccessPolicy policy() {
            return Access.USERS;
        }

        @Test
        void aGuestMayDoNothing() {
            assertThat(grant(GUEST, GARDEN)).isEqualTo(Grant.none());
            assertThat(grant(USER, GARDEN)).isEqualTo(Grant.all());
        }
    }
}
