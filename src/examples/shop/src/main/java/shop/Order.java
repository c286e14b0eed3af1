package shop;

/** An order of a customer, who is known by the name that the container has for them. */
public record Order(long id, String customer, String product, boolean shipped) {
    /** The room in which the customer and the shop talk about it. */
    public String room() {
        return "order-" + id;
    }
}
