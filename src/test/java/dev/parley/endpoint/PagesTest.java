package dev.parley.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.room.Loops;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final Outbox.Troubles NONE = new Outbox.Troubles() {
        @Override
        public void tooSlow() {
            throw new AssertionError("nothing was added");
        }

        @Override
        public void broken(Throwable cause) {
            throw new AssertionError(cause);
        }
    };

    private final Loops loops = new Loops(1, Executors.defaultThreadFactory());
    private final Pages pages = new Pages(new Outbox(null, loops.of(0), 1_000, NONE));
    private final List<Runnable> begun = new ArrayList<>();

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void aPageBeginsWhenTheOneBeforeItIsDone() {
        pages.add(begun::add);
        pages.add(begun::add);
        pages.add(begun::add);
        assertThat(begun).hasSize(1);
        assertThat(pages.waiting()).isEqualTo(2);
        begun.get(0).run();
        assertThat(begun).hasSize(2);
        begun.get(1).run();
        begun.get(2).run();
        assertThat(pages.waiting()).isZero();
        pages.add(begun::add);
        assertThat(begun).hasSize(4);
    }

    @Test
    void anyNumberOfPagesThatAreRefusedAtOnceAreDoneInTheirOrder() {
        int many = 100_000;
        List<Integer> order = new ArrayList<>();
        pages.add(begun::add);
        for (int i = 0; i < many; i++) {
            int number = i;
            pages.add(done -> {
                order.add(number);
                done.run();
            });
        }
        assertThat(order).isEmpty();
        begun.get(0).run();
        assertThat(order).hasSize(many).isSorted();
        assertThat(pages.waiting()).isZero();
    }
}
