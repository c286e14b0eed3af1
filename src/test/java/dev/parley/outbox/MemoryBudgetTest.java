package dev.parley.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private static final int MOST = 1 << 20;
    private static final int LITTLE = 4 << 10;

    private final MemoryBudget budget = new MemoryBudget(MOST);
    private final MemoryBudget.Share greedy = budget.new Share();
    private final MemoryBudget.Share modest = budget.new Share();

    @Test
    void whereNothingIsLeftAConnectionMayHoldALittleAndNoMore() {
        assertThat(greedy.hold(MOST + 1)).isTrue();
        assertThat(budget.isExhausted()).isTrue();
        assertThat(modest.hold(LITTLE)).isTrue();
        assertThat(modest.hold(LITTLE + 1)).isFalse();
        assertThat(modest.bytes()).isEqualTo(LITTLE);
        assertThat(greedy.hold(MOST + 2)).isFalse();
        assertThat(greedy.hold(MOST)).isTrue();
    }

    @Test
    void whatOneGivesBackIsThereForOthers() {
        assertThat(greedy.hold(MOST + 1)).isTrue();
        greedy.close();
        assertThat(budget.isExhausted()).isFalse();
        assertThat(modest.hold(MOST)).isTrue();
        assertThat(budget.left()).isZero();
    }
}
