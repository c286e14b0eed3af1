package dev.parley.transaction;

import com.arjuna.ats.jta.TransactionManager;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

/** Connections that take part in the transaction of the thread, all of them in one connection of the database. Thread-safe. */
public final class JtaDataSource implements DataSource {
    private final XADataSource transactional;
    private final DataSource plain;
    private final Map<Transaction, Connection> connections = new ConcurrentHashMap<>();
    private volatile boolean isDown;

    private JtaDataSource(XADataSource transactional, DataSource plain) {
        this.transactional = transactional;
        this.plain = plain;
    }

    /** H2 in a folder. What is committed is in its file. */
    public static JtaDataSource h2(Path folder) {
        JdbcDataSource database = plainH2(folder);
        return new JtaDataSource(database, database);
    }

    /** @param url of a database of an H2 server */
    static JtaDataSource h2(String url) {
        JdbcDataSource database = plainH2(url);
        return new JtaDataSource(database, database);
    }

    /** @param url of a database of {@link Postgres} */
    static JtaDataSource postgres(String url) {
        PGXADataSource transactional = new PGXADataSource();
        transactional.setURL(url);
        return new JtaDataSource(transactional, plainPostgres(url));
    }

    /** The same without transactions. */
    static DataSource plainPostgres(String url) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL(url);
        return database;
    }

    /** The same without transactions. */
    static JdbcDataSource plainH2(Path folder) {
        return plainH2("jdbc:h2:file:" + folder.resolve("shop") + ";WRITE_DELAY=0");
    }

    private static JdbcDataSource plainH2(String url) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL(url);
        database.setUser("sa");
        database.setPassword("");
        return database;
    }

    /** Whether every connection fails. */
    void isDown(boolean down) {
        isDown = down;
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (isDown) {
            throw new SQLException("the database is down");
        }
        try {
            Transaction transaction = TransactionManager.transactionManager().getTransaction();
            if (transaction == null) {
                return plain.getConnection();
            }
            Connection known = connections.get(transaction);
            return known != null ? known : enlist(transaction);
        } catch (SystemException | RollbackException e) {
            throw new SQLException(e);
        }
    }

    private Connection enlist(Transaction transaction) throws SQLException, SystemException, RollbackException {
        XAConnection own = transactional.getXAConnection();
        // In the order in which containers do it.
        Connection connection = own.getConnection();
        transaction.enlistResource(own.getXAResource());
        Connection shared = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        // It is closed with the transaction.
                        return method.getName().equals("close") ? null : method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        connections.put(transaction, shared);
        transaction.registerSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // It is used until the commit.
            }

            @Override
            public void afterCompletion(int status) {
                connections.remove(transaction);
                try {
                    own.close();
                } catch (SQLException e) {
                    assert status != Status.STATUS_COMMITTED : e;
                }
            }
        });
        return shared;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        // It logs nothing.
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // It waits for nothing.
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("it wraps no " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
