package dev.parley.app;

import dev.parley.config.OutboxSettings;
import dev.parley.config.Setting;
import dev.parley.config.Settings;
import dev.parley.config.SettingsException;
import dev.parley.log.MessageLog;
import dev.parley.transaction.DurableQueue;
import dev.parley.transaction.Jta;
import dev.parley.transaction.TransactionQueue;
import dev.parley.transaction.VolatileQueue;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** The one place where it is chosen where the messages of transactions wait for the commit. Stateless. */
final class TransactionQueues {
    private static final String API = "jakarta.transaction.TransactionSynchronizationRegistry";

    private TransactionQueues() {}

    /**
     * Opens the queue. Waits some seconds for the application's database, where one is named. Called after the log was
     * opened, on a thread of the container.
     *
     * @param stages runs what may wait for the operator's log
     * @return null where there are no transactions, as in the standalone server and in Tomcat
     * @throws SettingsException if the data source is not found, or there are no transactions for it
     */
    static TransactionQueue open(Settings settings, MessageLog log, OwnNames names, Executor stages) {
        // Without the API, the classes of the package can't be linked.
        Optional<Jta> jta = isApiThere() ? Jta.find() : Optional.empty();
        if (settings.outbox().isEmpty()) {
            FailureLog failures = new FailureLog("Sending the messages of a committed transaction");
            return jta.map(found -> new VolatileQueue(
                            found,
                            log,
                            new Threads("transactions"),
                            failure -> stages.execute(() -> failures.log(failure))))
                    .orElse(null);
        }
        OutboxSettings outbox = settings.outbox().get();
        return new DurableQueue(
                jta.orElseThrow(() -> new SettingsException(
                        Setting.OUTBOX_DATASOURCE.key() + " is set, but there are no JTA transactions here.")),
                dataSource(outbox.dataSource()),
                outbox.dataSource(),
                outbox.store(),
                log,
                names,
                new ApplicationThreads("outbox"),
                new FailureLog("Sending the messages in parley_outbox of " + outbox.dataSource())::log);
    }

    private static boolean isApiThere() {
        try {
            Class.forName(API, false, TransactionQueues.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static DataSource dataSource(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException | ClassCastException e) {
            throw new SettingsException(
                    "%s is '%s', but no data source has this JNDI name."
                            .formatted(Setting.OUTBOX_DATASOURCE.key(), name),
                    e);
        }
    }
}
