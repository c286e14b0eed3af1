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
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The orders and the stock, in the database of the container. Each method takes part in the transaction of its caller.
 *
 * <p>Several shops in one server have these tables together, and each has rows of its own under its context path.
 */
@ApplicationScoped
public class Orders {
    private static final List<String> TABLES = List.of(
            "create table if not exists shop_order (shop varchar(255), id bigint, customer varchar(255),"
                    + " product varchar(255), shipped boolean, primary key (shop, id))",
            "create table if not exists shop_stock"
                    + " (shop varchar(255), product varchar(255), pieces int, primary key (shop, product))",
            "create table if not exists shop_invoice"
                    + " (shop varchar(255), order_id bigint, primary key (shop, order_id))");

    @Resource(lookup = "java:comp/DefaultDataSource")
    DataSource database;

    private String shop;

    /** Before the durable observer of this application begins. */
    void start(@Observes @Priority(1) @Initialized(ApplicationScoped.class) ServletContext application) {
        create(application.getContextPath());
    }

    /** @param shop the name of this shop in the database */
    void create(String shop) {
        this.shop = shop;
        TABLES.forEach(this::update);
        stock("tea pot", 10);
        stock("golden cup", 0);
        order(new Order(1, "ann", "tea pot", false));
        order(new Order(2, "bob", "tea pot", false));
        order(new Order(3, "ann", "golden cup", false));
    }

    private void stock(String product, int pieces) {
        update(
                "insert into shop_stock select ?, ?, ?"
                        + " where not exists (select 1 from shop_stock where shop = ? and product = ?)",
                shop,
                product,
                pieces,
                shop,
                product);
    }

    private void order(Order order) {
        update(
                "insert into shop_order select ?, ?, ?, ?, ?"
                        + " where not exists (select 1 from shop_order where shop = ? and id = ?)",
                shop,
                order.id(),
                order.customer(),
                order.product(),
                order.shipped(),
                shop,
                order.id());
    }

    /** All orders, in their order. */
    public List<Order> all() {
        try (Connection connection = database.getConnection();
                PreparedStatement query = query(
                        connection,
                        "select id, customer, product, shipped from shop_order where shop = ? order by id");
                ResultSet rows = query.executeQuery()) {
            List<Order> orders = new ArrayList<>();
            while (rows.next()) {
                orders.add(new Order(rows.getLong(1), rows.getString(2), rows.getString(3), rows.getBoolean(4)));
            }
            return orders;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The orders of one customer. */
    public List<Order> of(String customer) {
        return all().stream().filter(order -> order.customer().equals(customer)).toList();
    }

    /** Whether a room is that of an order of this customer. */
    public boolean isCustomer(String customer, String room) {
        return of(customer).stream().anyMatch(order -> order.room().equals(room));
    }

    /** How many orders are not shipped yet. */
    public long waiting() {
        return all().stream().filter(order -> !order.shipped()).count();
    }

    /** @throws IllegalArgumentException if there is no such order, or it is shipped already */
    public Order ship(long id) {
        if (update("update shop_order set shipped = true where shop = ? and id = ? and not shipped", shop, id) == 0) {
            throw new IllegalArgumentException("Order " + id + " does not wait to be shipped.");
        }
        return all().stream().filter(order -> order.id() == id).findFirst().orElseThrow();
    }

    /** @throws OutOfStock if there is none left */
    public void takeFromStock(String product) {
        if (update(
                        "update shop_stock set pieces = pieces - 1 where shop = ? and product = ? and pieces > 0",
                        shop,
                        product)
                == 0) {
            throw new OutOfStock(product);
        }
    }

    /** Writes the invoice of an order, once however often this is called. */
    public void invoice(long id) {
        update(
                "insert into shop_invoice select ?, ?"
                        + " where not exists (select 1 from shop_invoice where shop = ? and order_id = ?)",
                shop,
                id,
                shop,
                id);
    }

    /** The orders that have an invoice. */
    public List<Long> invoices() {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        query(connection, "select order_id from shop_invoice where shop = ? order by order_id");
                ResultSet rows = query.executeQuery()) {
            List<Long> orders = new ArrayList<>();
            while (rows.next()) {
                orders.add(rows.getLong(1));
            }
            return orders;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private PreparedStatement query(Connection connection, String sql) throws SQLException {
        PreparedStatement query = connection.prepareStatement(sql);
        query.setString(1, shop);
        return query;
    }

    private int update(String sql, Object... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
