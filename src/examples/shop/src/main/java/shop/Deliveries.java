package shop;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.ServletContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Which orders have arrived, in the database of the container. Each method takes part in the transaction of its caller. */
@ApplicationScoped
public class Deliveries {
    private static final String TABLE = "create table if not exists shop_delivery"
            + " (shop varchar(255), room varchar(64), primary key (shop, room))";

    @Resource(lookup = "java:comp/DefaultDataSource")
    DataSource database;

    private String shop;

    /** Before the durable observers of this application begin. */
    void start(@Observes @Priority(1) @Initialized(ApplicationScoped.class) ServletContext application) {
        create(application.getContextPath());
    }

    /** @param name of this shop among those that use the database */
    void create(String name) {
        shop = name;
        try (Connection connection = database.getConnection();
                PreparedStatement create = connection.prepareStatement(TABLE)) {
            create.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException if the order has arrived already */
    public void arrived(Order order) {
        if (isDelivered(order.room())) {
            throw new IllegalArgumentException("Order " + order.id() + " has arrived already.");
        }
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into shop_delivery values (?, ?)")) {
            insert.setString(1, shop);
            insert.setString(2, order.room());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the order of a room has arrived. */
    public boolean isDelivered(String room) {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select 1 from shop_delivery where shop = ? and room = ?")) {
            query.setString(1, shop);
            query.setString(2, room);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
