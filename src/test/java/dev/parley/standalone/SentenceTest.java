package dev.parley.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import jakarta.enterprise.inject.CreationException;
import java.lang.reflect.InvocationTargetException;
import org.junit.jupiter.api.Test;

class SentenceTest {
    @Test
    void whatAContainerWrapsIsTold() {
        ParleyException problem = new ParleyException(ErrorCode.UNAVAILABLE, "The folder is in use.");

        assertThat(Sentence.of(new CreationException(new InvocationTargetException(problem))))
                .isEqualTo("The folder is in use.");
    }

    @Test
    void aCauseOfOurOwnProblemIsNotTold() {
        ParleyException problem = new ParleyException(
                ErrorCode.UNAVAILABLE, "The folder is in use.", new IllegalStateException("EAGAIN"));

        assertThat(Sentence.of(problem)).isEqualTo("The folder is in use.");
    }

    @Test
    void whatSaysNothingIsNamed() {
        assertThat(Sentence.of(new NullPointerException()))
                .isEqualTo("Parley can't start: java.lang.NullPointerException");
    }

    @Test
    void onlyTheFirstLineIsTold() {
        assertThat(Sentence.of(new IllegalStateException("one\ntwo"))).isEqualTo("one");
    }
}
