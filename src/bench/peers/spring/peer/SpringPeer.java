package peer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;

/** Spring's own STOMP broker on Tomcat: whoever subscribes to a topic gets what is sent there. Nothing is stored. */
@SpringBootApplication
@EnableWebSocketMessageBroker
public class SpringPeer implements WebSocketMessageBrokerConfigurer {
    public static void main(String[] args) {
        System.setProperty("server.port", args[0]);
        System.setProperty("server.address", "127.0.0.1");
        SpringApplication.run(SpringPeer.class);
    }

    @Override
    public void registerStompEndpoints(StompEndpointRegistry endpoints) {
        endpoints.addEndpoint("/ws");
    }

    @Override
    public void configureMessageBroker(MessageBrokerRegistry brokers) {
        brokers.enableSimpleBroker("/topic");
    }
}
