package dev.parley.conformance;

import dev.parley.Parley;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/** A bean of an application with annotated methods, a database, and an observer of its own events. */
@ApplicationScoped
class AnnotatedTransactions {
    @Inject
    private Parley parley;

    @Inject
    private Event<Purchase> purchases;

    @PersistenceContext
    private EntityManager database;

    @Transactional
    void run(Runnable work) {
        work.run();
    }

    /** The database writes it at the commit, and not before. */
    void store(Purchase purchase) {
        database.persist(purchase);
    }

    void fire(Purchase purchase) {
        purchases.fire(purchase);
    }

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Purchase purchase) {
        parley.room(purchase.room).send("after the commit");
    }

    void rolledBack(@Observes(during = TransactionPhase.AFTER_FAILURE) Purchase purchase) {
        parley.now().room(purchase.room).send("after the rollback");
    }
}
