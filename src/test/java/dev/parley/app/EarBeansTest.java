package dev.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarBeansTest {
    private final EarBeans<String> beans = new EarBeans<>();

    @Test
    void allBeansOfAnEarUseTheFirstOneUntilTheLastOneEnds() {
        assertThat(beans.add("shop", "left")).isEqualTo("left");
        assertThat(beans.add("shop", "right")).isEqualTo("left");
        assertThat(beans.remove("shop", "left")).isFalse();
        // A bean may be told twice that it ends.
        assertThat(beans.remove("shop", "left")).isFalse();
        assertThat(beans.add("shop", "third")).isEqualTo("left");
        assertThat(beans.remove("shop", "right")).isFalse();
        assertThat(beans.remove("shop", "third")).isTrue();
        assertThat(beans.add("shop", "next")).isEqualTo("next");
    }

    @Test
    void theOneWithThePartsEndsThemAlsoIfOthersNeverEnd() {
        beans.add("shop", "left");
        beans.add("shop", "right");
        assertThat(beans.remove("shop", "left")).isFalse();

        assertThat(beans.end("shop", "left")).isTrue();
        assertThat(beans.add("shop", "next")).isEqualTo("next");
        assertThat(beans.end("shop", "right")).isFalse();
        assertThat(beans.add("shop", "other")).isEqualTo("next");
        assertThat(beans.end("shop", "other")).isFalse();
        assertThat(beans.end("shop", "next")).isTrue();
    }

    @Test
    void anotherEarHasItsOwn() {
        beans.add("shop", "left");

        assertThat(beans.add("bank", "right")).isEqualTo("right");
        assertThat(beans.remove("bank", "right")).isTrue();
        assertThat(beans.remove("shop", "left")).isTrue();
    }
}
