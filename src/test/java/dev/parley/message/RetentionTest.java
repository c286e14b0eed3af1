package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
    private static Keep keep(String rules, String room) {
        return Retention.parse(rules).of(new RoomName(room));
    }

    @Test
    void theFirstRuleThatMatchesARoomDecides() {
        String rules = "audit-*: forever; chat-*: 30 days, 100000 entries; *: 365 days, 2 GB;";
        assertThat(keep(rules, "audit-1")).isEqualTo(Keep.FOREVER);
        assertThat(keep(rules, "chat-1")).isEqualTo(new Keep(Duration.ofDays(30).toMillis(), 100_000, Keep.UNBOUNDED));
        assertThat(keep(rules, "lobby"))
                .isEqualTo(new Keep(Duration.ofDays(365).toMillis(), Keep.UNBOUNDED, 2_000_000_000L));
    }

    @Test
    void attachmentsMayGoBeforeTheirEntries() {
        long month = Duration.ofDays(30).toMillis();
        assertThat(keep("*: attachments 30 days", "lobby"))
                .isEqualTo(new Keep(Keep.UNBOUNDED, Keep.UNBOUNDED, Keep.UNBOUNDED, month));
        assertThat(keep("*: 365 days, attachments  30 days, 2 GB", "lobby"))
                .isEqualTo(new Keep(Duration.ofDays(365).toMillis(), Keep.UNBOUNDED, 2_000_000_000L, month));
        assertThat(keep("*: 1 day", "lobby").attachments()).isEqualTo(Keep.UNBOUNDED);
        assertThat(Retention.parse("*: attachments 1 day").isForever()).isFalse();
    }

    @Test
    void aRoomWithoutARuleKeepsEverything() {
        assertThat(keep("chat-*: 1 day", "lobby")).isEqualTo(Keep.FOREVER);
        assertThat(Retention.parse("").isForever()).isTrue();
        assertThat(Retention.parse(" ; ").isForever()).isTrue();
        assertThat(Retention.parse("*: forever").isForever()).isTrue();
        assertThat(Retention.parse("*: 1 entry").isForever()).isFalse();
    }

    @Test
    void boundsAreATextForPeopleAndReadFromIt() {
        for (String text : List.of(
                "forever", "30 days, 100000 entries, 2000000000 bytes, attachments 7 days", "1 days", "5 entries")) {
            assertThat(Keep.parse(text.replace("2000000000 bytes", "2 GB")).text())
                    .isEqualTo(text);
        }
        assertThat(Keep.of(Duration.ofHours(6)).text()).isEqualTo("PT6H");
        assertThat(Keep.parse(" 2 days , 1 entry "))
                .isEqualTo(new Keep(Duration.ofDays(2).toMillis(), 1, Keep.UNBOUNDED));
        assertThatThrownBy(() -> Keep.of(ChronoUnit.FOREVER.getDuration())).hasMessageContaining("36500 days");
        assertThatThrownBy(() -> Keep.of(Duration.ZERO)).hasMessageContaining("1 or more");
        assertThatThrownBy(() -> Keep.parse("2 weeks")).hasMessageContaining("'2 weeks' is not forever");
    }

    private static Keep ofDirectRooms(String rules) {
        return Retention.parse(rules).of(RoomName.direct("ann", "bob"));
    }

    @Test
    void directRoomsHaveARuleOfTheirOwnOrTheRuleOfAllRooms() {
        Keep week = new Keep(Duration.ofDays(7).toMillis(), Keep.UNBOUNDED, Keep.UNBOUNDED);
        assertThat(ofDirectRooms("a-*: 1 day; *: 7 days")).isEqualTo(week);
        assertThat(ofDirectRooms("*: 1 day; @*: 7 days")).isEqualTo(week);
        assertThat(ofDirectRooms("@*: 7 days; *: 1 day")).isEqualTo(week);
        assertThat(ofDirectRooms("@*: forever; *: 1 day")).isEqualTo(Keep.FOREVER);
        assertThat(ofDirectRooms("a*: 1 day; **: 1 day")).isEqualTo(Keep.FOREVER);
        assertThat(keep("@*: 7 days", "lobby")).isEqualTo(Keep.FOREVER);
        assertThat(Retention.parse("@*: 7 days").isForever()).isFalse();
        assertThatThrownBy(() -> Retention.parse("@*: 7 days; @*: 1 day")).hasMessageContaining("two rules for '@*'");
        assertThatThrownBy(() -> Retention.parse("@*: 7")).hasMessageContaining("the rule '@*: 7': '7' is not forever");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat           | the rule 'chat' has no colon",
                "a b: 1 day     | the rule 'a b: 1 day': a pattern for rooms must have",
                "chat:          | '' is not forever",
                "chat: 30       | '30' is not forever, and no number of days, entries, KB, MB or GB",
                "chat: 30 weeks | '30 weeks' is not forever",
                "chat: 1.5 days | '1.5 days' is not forever",
                "chat: 0 days   | a bound must be 1 or more",
                "chat: 40000 days | at most 36500 days",
                "chat: 2000000 GB | at most 1000000 GB",
                "chat: 1 day, 2 days | the rule 'chat: 1 day, 2 days': it has two bounds for days",
                "chat: 1 MB, 1 GB | two bounds for bytes",
                "chat: attachments 2 GB | 'attachments 2 GB': attachments have a bound in days alone",
                "chat: attachments | 'attachments' is not forever",
                "chat: attachments forever | 'attachments forever' is not forever",
                "chat: attachments 0 days | a bound must be 1 or more",
                "chat: attachments 1 day, attachments 2 days | two bounds for attachments",
                "chat: 30 days, attachments 30 days | attachments go with their entries: their days must be fewer",
                "chat: forever, attachments 1 day | forever stands alone",
                "chat: forever, 1 day | forever stands alone",
                "*: 1 day; chat: 2 days | no room comes to the rule for 'chat', because the rule for '*' stands before it"
            })
    void aRuleThatIsWrongIsNamed(String rules, String why) {
        assertThatThrownBy(() -> Retention.parse(rules))
                .isInstanceOf(ParleyException.class)
                .hasMessageContaining(why);
    }

    @Test
    void thereAreAtMostAHundredRules() {
        StringBuilder rules = new StringBuilder();
        for (int i = 0; i <= Retention.MOST; i++) {
            rules.append("room-").append(i).append(": 1 day;");
        }
        assertThatThrownBy(() -> Retention.parse(rules.toString())).hasMessageContaining("100 rules");
    }
}
