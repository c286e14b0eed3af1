package dev.parley.conformance;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.jms.JMSDestinationDefinition;

/** The listener of the application whose messages wait in memory until the commit. */
@JMSDestinationDefinition(
        name = MemoryQueueListener.QUEUE,
        interfaceName = "jakarta.jms.Queue",
        destinationName = "memory")
@MessageDriven(
        activationConfig = {
            @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = MemoryQueueListener.QUEUE),
            @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
            // One message at a time: the next one waits for the commit, as the order of the entries is asserted.
            @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "1")
        })
public class MemoryQueueListener extends QueueListener {
    static final String QUEUE = "java:global/jms/memory";
}
