package shop;

/** What the shop tells in the rooms of orders. Its pages know these records by their names. */
public sealed interface News {
    /** The order has left the shop. */
    record Shipped(long order, String product) implements News {}

    /** The customer has it, and nobody writes about it any more. */
    record Delivered(long order) implements News {}

    /** Somebody of the shop has seen a question. */
    record Asked(long question, String by) implements News {}

    /** For all devices of one customer, whatever page is open. */
    record Toast(String text) implements News {}
}
