package dev.parley.conformance;

import jakarta.ejb.Stateless;

/** An enterprise bean, whose methods are transactions by themselves. */
@Stateless
public class EnterpriseTransactions {
    public void run(Runnable work) {
        work.run();
    }
}
