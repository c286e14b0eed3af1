package dev.parley.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The short form of the fault suite; {@link Faults} is the long one. */
@Timeout(300)
class FaultsIT {
    @Test
    void whoeverTalksOverLinesThatBreakHasTheWholeLogInTheEnd() {
        holds(new BrokenLines(), Scale.lasting(Duration.ofSeconds(15)));
    }

    @Test
    void whatWasAcknowledgedBeforeAKillIsThereAndTheTalkGoesOn() {
        holds(Outages.kills(), Scale.rounds(4));
    }

    @Test
    void whatWasAcknowledgedBeforeAPowerCutIsThereAndTheTalkGoesOn() {
        holds(Outages.powerCuts(), Scale.rounds(3));
    }

    @Test
    void aServerThatGoesTellsEveryoneWhenToComeBackAndLosesNothing() {
        holds(Outages.drains(), Scale.rounds(2));
    }

    @Test
    void slowReadersAreLetGoInABoundedHeapAndMissNothing() {
        holds(new SlowReaders(100, 300, 1_500), Scale.lasting(Duration.ofSeconds(9)));
    }

    @Test
    void whoReadsNoAnswersOverHttpHarmsNobody() {
        holds(new UnderAttack(HttpAttacks.pagesOfTheServerUnread(), 2), Scale.lasting(Duration.ofSeconds(6)));
    }

    @Test
    void floodsOfPingsKeepNobodyFromTalking() {
        holds(new UnderAttack(FrameAttacks.pingFloods(), 3), Scale.lasting(Duration.ofSeconds(6)));
    }

    @Test
    void uploadsAreTakenAfterOthersHaveReadSlowly() {
        holds(new UnderAttack(FrameAttacks.uploadsAfterSlowReaders(), 2), Scale.lasting(Duration.ofSeconds(6)));
    }

    @Test
    void pagesThatNobodyReadsAndMessagesThatNobodyCompletesKeepNobodyFromTalking() {
        holds(new UnderAttack(FrameAttacks.pagesAndPiecesUnread(), 2), Scale.lasting(Duration.ofSeconds(6)));
    }

    @Test
    void aGuestWhoFillsTheDiskIsStoppedAndKeepsNobodyFromTalking() {
        holds(under(ShareAttacks.fillingTheDisk(), 2), Scale.lasting(Duration.ofSeconds(6)));
    }

    @Test
    void placesTakenBySilenceAreThereForThoseWhoTalk() {
        holds(under(ShareAttacks.silence(), 2), Scale.lasting(Duration.ofSeconds(6)));
    }

    @Test
    void smallRequestsForLargeAnswersKeepNobodyFromTalking() {
        holds(under(ShareAttacks.largeAnswers(), 2), Scale.lasting(Duration.ofSeconds(6)));
    }

    private static Scenario under(Attack attack, int attackers) {
        return new UnderAttack(attack, attackers, ShareAttacks.SETTINGS);
    }

    static void holds(Scenario scenario, Scale scale) {
        Report report = scenario.run(scale);
        System.out.println(report.row());
        assertThat(report.findings()).as("seed %d: %s", scale.seed(), report).isEmpty();
        assertThat(report.lost()).isZero();
        assertThat(report.doubled()).isZero();
        assertThat(report.reordered()).isZero();
        assertThat(report.acknowledged()).isPositive();
        assertThat(report.delivered()).isGreaterThan(report.acknowledged());
    }
}
