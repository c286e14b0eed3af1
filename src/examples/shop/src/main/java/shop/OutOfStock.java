package shop;

/** There is no piece of a product left. It rolls the transaction back. */
public class OutOfStock extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfStock(String product) {
        super("There is no " + product + " left.");
    }
}
