package dev.parley.conformance;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.jms.JMSDestinationDefinition;

/** The listener of the application whose messages wait in a table until the commit. */
@JMSDestinationDefinition(
        name = TableQueueListener.QUEUE,
        interfaceName = "jakarta.jms.Queue",
        destinationName = "table")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = TableQueueListener.QUEUE),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            // One message at a time: the next one waits for the commit, as the order of the entries is asserted.
            @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1")
        })
public class TableQueueListener extends QueueListener {
    static final String QUEUE = "java:global/jms/table";
}
