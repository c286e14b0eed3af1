package dev.parley.transaction;

import dev.parley.message.ParleyException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbc.JdbcSQLIntegrityConstraintViolationException;

/**
 * The application that {@link OutboxKillTest} kills. Each of its threads stores and sends in one transaction after the other, and rolls
 * back a third of them. It prints a line after the first one.
 */
record KilledShop(Path folder, Shop shop, DataSource database, boolean isDatabaseKilled) {
    private static final int THREADS = 2;

    /** @param arguments the folder, the number of the kill, and the URL of the database, if it is not H2 in the folder */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        List<String> url = List.of(arguments).subList(2, arguments.length);
        DataSource database = database(folder, url);
        KilledShop killed = new KilledShop(
                folder, Shop.withTable(folder, database, Throwable::printStackTrace), database, url.isEmpty());
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists purchase (text varchar(100))");
        }
        for (int thread = 0; thread < THREADS; thread++) {
            // Not the id of the process, because those come again.
            String name = arguments[1] + " " + thread;
            new Thread(() -> killed.buy(name)).start();
        }
    }

    /** @param url of the database; empty for H2 in the folder */
    static DataSource database(Path folder, List<String> url) {
        if (url.isEmpty()) {
            return JtaDataSource.h2(folder);
        }
        return url.get(0).startsWith("jdbc:h2:") ? JtaDataSource.h2(url.get(0)) : JtaDataSource.postgres(url.get(0));
    }

    private void buy(String thread) {
        for (int number = 0; ; number++) {
            try {
                EndedTransactions.add(folder, buy(new EndedTransactions.Name(thread, number, number % 3 == 2)));
            } catch (Exception e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
            if (number == 0) {
                System.out.println("ended");
            }
        }
    }

    /** Returns how the transaction has ended. */
    private EndedTransactions.Name buy(EndedTransactions.Name transaction) throws Exception {
        try {
            Shop.inTransaction(() -> {
                store(transaction.toString());
                send(transaction.toString());
                if (transaction.isRolledBack()) {
                    throw new RolledBack();
                }
            });
            return transaction;
        } catch (RolledBack e) {
            return new EndedTransactions.Name(transaction.thread(), transaction.number(), true);
        }
    }

    private static final class RolledBack extends Exception {
        private static final long serialVersionUID = 1;
    }

    private void store(String text) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into purchase values ('" + text + "')");
        }
    }

    private void send(String text) throws RolledBack {
        try {
            shop.send(text);
        } catch (ParleyException e) {
            if (isDatabaseKilled && e.getCause() instanceof JdbcSQLIntegrityConstraintViolationException) {
                // H2 has given an id again.
                throw new RolledBack();
            }
            throw e;
        }
    }
}
