package dev.parley.conformance;

import dev.parley.Parley;
import dev.parley.RoomHandle;
import jakarta.annotation.Resource;
import jakarta.ejb.MessageDrivenContext;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/**
 * A JMS listener of an application, in a transaction of the container. It sends two entries for each message. A message can ask for a
 * failure at its first delivery, after both.
 */
public abstract class QueueListener implements MessageListener {
    static final String ROOM = "room";
    static final String FAILURE = "failure";

    @Inject
    private Parley parley;

    @Resource
    private MessageDrivenContext context;

    @Override
    public void onMessage(Message message) {
        try {
            int delivery = message.getIntProperty("JMSXDeliveryCount");
            String text = message.getBody(String.class);
            RoomHandle room = parley.room(message.getStringProperty(ROOM));
            room.send(text + ", begun in delivery " + delivery);
            room.send(text + ", done in delivery " + delivery);
            if (delivery == 1) {
                fail(message.getStringProperty(FAILURE));
            }
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    private void fail(String how) {
        switch (how) {
            case "none" -> {}
            case "exception" -> throw new IllegalStateException("the first delivery fails");
            case "mark" -> context.setRollbackOnly();
            default -> throw new IllegalArgumentException(how);
        }
    }
}
