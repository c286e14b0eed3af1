package dev.parley.conformance;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** A bean of an application whose methods are transactions of their own, also inside others. Weld intercepts no call of a bean to itself. */
@ApplicationScoped
class InnerTransactions {
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void run(Runnable work) {
        work.run();
    }
}
