import org.atmosphere.config.service.ManagedService;
import org.atmosphere.config.service.Message;
import org.atmosphere.cpr.ApplicationConfig;
import org.atmosphere.cpr.AtmosphereServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Atmosphere on Jetty: whoever is connected to the path gets what is sent there. Nothing is stored. */
public class AtmospherePeer {
    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(Integer.parseInt(args[0]));
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        ServletHolder atmosphere = new ServletHolder(new AtmosphereServlet());
        atmosphere.setInitParameter(ApplicationConfig.ANNOTATION_PACKAGE, Chat.class.getName());
        atmosphere.setInitParameter(ApplicationConfig.WEBSOCKET_SUPPORT, "true");
        atmosphere.setInitParameter("org.atmosphere.cpr.scanClassPath", "true");
        atmosphere.setAsyncSupported(true);
        atmosphere.setInitOrder(1);
        context.addServlet(atmosphere, "/*");
        server.setHandler(context);
        server.start();
        server.join();
    }

    @ManagedService(path = "/chat")
    public static final class Chat {
        @Message
        public String onMessage(String message) {
            return message;
        }
    }
}
