package dev.parley.conformance;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Transactions of an application that names no data source: its messages wait for the commit in memory. */
@ArquillianTest
class AfterCommitContainerIT extends TransactionConformance {
    @Deployment
    static WebArchive application() {
        return war();
    }
}
