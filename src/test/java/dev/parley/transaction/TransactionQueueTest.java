package dev.parley.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.arjuna.ats.jta.UserTransaction;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of messages in a transaction where something fails, or there is too much of it. */
class TransactionQueueTest {
    @TempDir
    Path folder;

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Test
    void aTransactionHasAtMostSoManyMessages() throws Exception {
        try (Shop shop = Shop.inMemory(folder, Long.MAX_VALUE)) {
            Shop.inTransaction(() -> {
                for (int i = 0; i < Pending.MOST; i++) {
                    shop.send("message " + i);
                }
                assertUnavailable(() -> shop.send("one too many"), "at most 5000");
            });
            await().untilAsserted(() -> assertThat(shop.texts())
                    .hasSize(Pending.MOST)
                    .startsWith("message 0", "message 1")
                    .endsWith("message 4999"));
        }
    }

    /** Members see the ids of entries, and a client of the user for whom the application sends could take the next one. */
    @Test
    void nobodyCanGuessTheIdOfAMessageFromThatBefore() throws Exception {
        try (Shop shop = Shop.withTable(folder, JtaDataSource.h2(folder), failures::add)) {
            List<CompletableFuture<Entry>> sent = new ArrayList<>();
            Shop.inTransaction(() -> {
                sent.add(shop.send("one"));
                sent.add(shop.send("two"));
            });
            String one = sent.get(0).get(30, TimeUnit.SECONDS).id();
            String two = sent.get(1).get(30, TimeUnit.SECONDS).id();
            int begin = "outbox:".length();
            assertThat(one).startsWith("outbox:").hasSizeGreaterThan(begin + 20);
            assertThat(two.substring(begin, begin + 10)).isNotEqualTo(one.substring(begin, begin + 10));
        }
    }

    @Test
    void theBytesThatWaitInMemoryAreBoundedInATransactionAndInAll() throws Exception {
        String text = "x".repeat(1_000);
        // Room for two messages in a transaction, and for four in all that have one.
        try (Shop shop = Shop.inMemory(folder, 4 * 2_600)) {
            CompletableFuture<Entry> first = new CompletableFuture<>();
            Shop.inTransaction(() -> {
                shop.send(text).thenAccept(first::complete);
                shop.send(text);
                assertUnavailable(() -> shop.send(text), "this transaction");
                var outer = com.arjuna.ats.jta.TransactionManager.transactionManager();
                List<jakarta.transaction.Transaction> others = new ArrayList<>();
                others.add(outer.suspend());
                for (int i = 0; i < 3; i++) {
                    outer.begin();
                    shop.send(text);
                    shop.send(text);
                    others.add(outer.suspend());
                }
                outer.begin();
                assertUnavailable(() -> shop.send(text), "of transactions");
                outer.rollback();
                for (jakarta.transaction.Transaction other : others.subList(1, others.size())) {
                    outer.resume(other);
                    outer.rollback();
                }
                outer.begin();
                CompletableFuture<Entry> again = shop.send(text);
                outer.commit();
                assertThat(again.get(30, TimeUnit.SECONDS).seq()).isEqualTo(1);
                outer.resume(others.get(0));
            });
            assertThat(first.get(30, TimeUnit.SECONDS).seq()).isEqualTo(2);
            await().untilAsserted(() -> assertThat(shop.texts()).hasSize(3));
        }
    }

    /** The thread does not know that its transaction is over. */
    @Test
    void aTransactionThatHasTimedOutSendsNothing() throws Exception {
        try (Shop shop = Shop.inMemory(folder, Long.MAX_VALUE)) {
            // The first transaction takes long.
            Shop.inTransaction(() -> {});
            var transaction = UserTransaction.userTransaction();
            transaction.setTransactionTimeout(3);
            transaction.begin();
            transaction.setTransactionTimeout(0);
            CompletableFuture<Entry> before = shop.send("before the timeout");
            await().until(before::isDone);
            assertUnavailable(() -> shop.queue.isInTransaction(), "will not commit");
            assertUnavailable(() -> shop.send("after the timeout"), "");
            transaction.rollback();
            assertThatThrownBy(() -> before.get(30, TimeUnit.SECONDS)).hasMessageContaining("rolled back");
            assertThat(shop.texts()).isEmpty();
        }
    }

    /** The log takes 16 MiB of one sender at a time. */
    @Test
    void moreThanTheLogTakesAtOnceIsSentFromMemoryInItsOrder() throws Exception {
        try (Shop shop = Shop.inMemory(folder, Long.MAX_VALUE)) {
            List<CompletableFuture<Entry>> sent = new ArrayList<>();
            Shop.inTransaction(() -> {
                for (int i = 0; i < 24; i++) {
                    sent.add(shop.send(new Body.Attachment("image/png", i + ".png", ByteBuffer.allocate(1_000_000))));
                }
            });
            for (int i = 0; i < sent.size(); i++) {
                assertThat(sent.get(i).get(30, TimeUnit.SECONDS).seq()).isEqualTo(i + 1);
            }
        }
    }

    /** The log itself gives each name a turn of 64 KiB. */
    @Test
    void theOrderOfATransactionIsKeptUnderSeveralNamesToo() throws Exception {
        JtaDataSource database = JtaDataSource.h2(folder);
        try (Shop shop = Shop.withTable(folder.resolve("table"), database, failures::add)) {
            assertOrderUnderSeveralNames(shop);
        }
        try (Shop shop = Shop.inMemory(folder.resolve("memory"), Long.MAX_VALUE)) {
            assertOrderUnderSeveralNames(shop);
        }
        assertThat(failures).isEmpty();
    }

    private static void assertOrderUnderSeveralNames(Shop shop) throws Exception {
        User herald = new User("bean:herald", new UserName("herald"));
        String large = "x".repeat(60_000);
        List<CompletableFuture<Entry>> sent = new ArrayList<>();
        Shop.inTransaction(() -> {
            for (int i = 0; i < 20; i++) {
                sent.add(shop.send(i % 5 == 4 ? herald : Shop.SERVER, new Body.Text(i + large)));
            }
        });
        for (int i = 0; i < sent.size(); i++) {
            assertThat(sent.get(i).get(30, TimeUnit.SECONDS).seq()).isEqualTo(i + 1);
        }
    }

    @Test
    void whatTheLogCanNotTakeNowIsTriedAgainInItsOrder() throws Exception {
        try (Shop shop = Shop.withTable(folder, JtaDataSource.h2(folder), Faults.full(3), failures::add)) {
            Shop.inTransaction(() -> List.of("one", "two", "three").forEach(shop::send));
            await().untilAsserted(() -> assertThat(shop.texts()).containsExactly("one", "two", "three"));
            assertThat(failures).hasSize(3);
        }
    }

    @Test
    void theThreadGoesOnAfterAnErrorAndAfterAnInterrupt() throws Exception {
        Queue<Runnable> faults = new ConcurrentLinkedQueue<>(List.of(
                () -> {
                    throw new NoClassDefFoundError("gone for a moment");
                },
                () -> {
                    Thread.currentThread().interrupt();
                    throw new ParleyException(ErrorCode.UNAVAILABLE, "interrupted while it waits");
                }));
        try (Shop shop = Shop.withTable(folder, JtaDataSource.h2(folder), Faults.of(faults), failures::add)) {
            Shop.inTransaction(() -> List.of("one", "two", "three").forEach(shop::send));
            await().untilAsserted(() -> assertThat(shop.texts()).containsExactly("one", "two", "three"));
            assertThat(failures).hasAtLeastOneElementOfType(NoClassDefFoundError.class);
        }
    }

    @Test
    void theThreadGoesOnIfItsFailureCanNotBeLogged() throws Exception {
        try (Shop shop = Shop.withTable(folder, JtaDataSource.h2(folder), Faults.full(1), failure -> {
            throw (ParleyException) failure;
        })) {
            Shop.inTransaction(() -> List.of("one", "two", "three").forEach(shop::send));
            await().untilAsserted(() -> assertThat(shop.texts()).containsExactly("one", "two", "three"));
        }
    }

    /** The database did not keep what the transaction has committed. */
    @Test
    void theStageOfARowThatIsNotThereAfterTheCommitEnds() throws Exception {
        JtaDataSource database = JtaDataSource.h2(folder);
        try (Shop shop = Shop.withTable(folder, database, failures::add)) {
            List<CompletableFuture<Entry>> sent = new ArrayList<>();
            Shop.inTransaction(() -> {
                sent.add(shop.send("deleted"));
                try (Connection connection = database.getConnection();
                        Statement statement = connection.createStatement()) {
                    assertThat(statement.executeUpdate("delete from parley_outbox"))
                            .isEqualTo(1);
                }
                sent.add(shop.send("kept"));
            });
            assertThat(sent.get(1).get(30, TimeUnit.SECONDS).seq()).isEqualTo(1);
            assertThatThrownBy(() -> sent.get(0).get(30, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(ParleyException.class, why -> {
                        assertThat(why.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                        assertThat(why).hasMessageContaining("not in parley_outbox");
                    });
        }
    }

    @Test
    void nothingIsSentBeforeTheQueueIsStarted() throws Exception {
        try (Shop shop = Shop.notStarted(folder, JtaDataSource.h2(folder), failures::add)) {
            List<CompletableFuture<Entry>> sent = new ArrayList<>();
            Shop.inTransaction(() -> sent.add(shop.send("committed")));
            assertThat(shop.sendNow("sent while the application starts")
                            .get(30, TimeUnit.SECONDS)
                            .seq())
                    .isEqualTo(1);
            shop.queue.start();
            assertThat(sent.get(0).get(30, TimeUnit.SECONDS).seq()).isEqualTo(2);
        }
    }

    @Test
    void aTransactionIsRefusedWhileTheDatabaseIsDownAndTheNextOneIsTold() throws Exception {
        JtaDataSource database = JtaDataSource.h2(folder);
        database.isDown(true);
        try (Shop shop = Shop.withTable(folder, database, failures::add)) {
            assertThat(failures).hasOnlyElementsOfType(SQLException.class);
            assertUnavailable(() -> Shop.inTransaction(() -> shop.send("lost")), "the database is down");
            database.isDown(false);
            // The thread makes the table.
            await().ignoreExceptions().until(() -> {
                Shop.inTransaction(() -> shop.send("told"));
                return true;
            });
            await().untilAsserted(() -> assertThat(shop.texts()).containsExactly("told"));
        }
    }

    /** A rollback would not remove the row. */
    @Test
    void aDatabaseThatTakesNoPartInTransactionsIsRefused() throws Exception {
        try (Shop shop = Shop.withTable(folder, JtaDataSource.plainH2(folder), failures::add)) {
            assertUnavailable(() -> Shop.inTransaction(() -> shop.send("lost")), "no part in JTA");
        }
    }

    /** It looks like a connection in a transaction, but its close rolls back. */
    @Test
    void aDatabaseWithoutAutoCommitIsRefused() throws Exception {
        JdbcDataSource plain = JtaDataSource.plainH2(folder);
        DataSource database = Faults.proxy(DataSource.class, (method, arguments) -> {
            Object result = method.invoke(plain, arguments);
            if (result instanceof Connection connection) {
                connection.setAutoCommit(false);
            }
            return result;
        });
        try (Shop shop = Shop.withTable(folder, database, failures::add)) {
            assertUnavailable(() -> Shop.inTransaction(() -> shop.send("lost")), "auto-commit outside");
            assertThat(failures).hasOnlyElementsOfType(SQLException.class);
        }
    }

    @Test
    void largeMessagesComeInTheirOrderInSeveralReads() throws Exception {
        try (Shop shop = Shop.withTable(folder, JtaDataSource.h2(folder), failures::add)) {
            List<CompletableFuture<Entry>> sent = new ArrayList<>();
            Shop.inTransaction(() -> {
                for (int i = 0; i < 5; i++) {
                    sent.add(shop.send(
                            new Body.Attachment("image/png", i + ".png", ByteBuffer.allocate(1_500_000 + i))));
                }
            });
            for (int i = 0; i < 5; i++) {
                Entry entry = sent.get(i).get(30, TimeUnit.SECONDS);
                assertThat(entry.seq()).isEqualTo(i + 1);
                assertThat(entry.body().bytes()).isEqualTo(1_500_000 + i);
            }
            assertThat(failures).isEmpty();
        }
    }

    private static void assertUnavailable(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String part) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ParleyException.class, why -> {
            assertThat(why.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(why.getMessage()).contains(part);
        });
    }
}
