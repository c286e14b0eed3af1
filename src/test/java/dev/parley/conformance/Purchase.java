package dev.parley.conformance;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityListeners;
import jakarta.persistence.Id;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Table;

/** What an application stores, with a listener that sends a message when it is written. */
@Entity
@Table(name = "purchase")
@EntityListeners(Purchase.Listener.class)
public class Purchase {
    @Id
    String room;

    public Purchase() {
        // For the persistence provider.
    }

    Purchase(String room) {
        this.room = room;
    }

    public static class Listener {
        @PostPersist
        void written(Purchase purchase) {
            CDI.current()
                    .select(dev.parley.Parley.class)
                    .get()
                    .room(purchase.room)
                    .send("written");
        }
    }
}
