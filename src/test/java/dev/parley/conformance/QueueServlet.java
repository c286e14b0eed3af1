package dev.parley.conformance;

import jakarta.annotation.Resource;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Puts each parameter {@code text} into the queue that is named as the context path of the application. */
@WebServlet("/queue")
public class QueueServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Resource(lookup = "java:comp/DefaultJMSConnectionFactory")
    private transient ConnectionFactory connections;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        try (JMSContext messages = connections.createContext()) {
            Queue queue = InitialContext.doLookup("java:global/jms" + request.getContextPath());
            JMSProducer producer = messages.createProducer();
            producer.setProperty(QueueListener.ROOM, request.getParameter(QueueListener.ROOM));
            producer.setProperty(QueueListener.FAILURE, request.getParameter(QueueListener.FAILURE));
            for (String text : request.getParameterValues("text")) {
                producer.send(queue, text);
            }
        } catch (NamingException e) {
            throw new ServletException(e);
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
