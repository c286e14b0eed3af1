package dev.parley.conformance;

/** What a warehouse tells of a shipment: a sealed type of an application. */
public sealed interface Shipment permits Shipment.Packed, Shipment.Shipped {
    /** An order, as a part of the others. */
    record Order(long id, String customer) {}

    record Packed(Order order, int parcels) implements Shipment {}

    record Shipped(Order order, String carrier) implements Shipment {}
}
