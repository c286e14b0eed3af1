package news;

import dev.parley.message.Entry;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.faces.push.PushContext;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sends what a bean pushes through Parley. A push that {@code f:websocket} would have sent to the pages that are open is stored here,
 * so that a page gets it also when it comes back. Each future ends when the push is on the disk.
 */
@Dependent
public class ParleyPush {
    @Inject
    Channels channels;

    @Produces
    @Dependent
    @Push
    PushContext context(InjectionPoint point) {
        String named = point.getAnnotated().getAnnotation(Push.class).channel();
        return new Channel(channels, named.isEmpty() ? point.getMember().getName() : named);
    }

    /** One channel. Beans of a passivating scope may have it, so it keeps nothing but its name and a proxy. */
    private record Channel(Channels channels, String name) implements PushContext {
        @Override
        public Set<Future<Void>> send(Object message) {
            return Set.of(future(channels.of(name).send(message)));
        }

        @Override
        public <S extends Serializable> Set<Future<Void>> send(Object message, S user) {
            return Set.of(future(channels.of(name, user.toString()).send(message)));
        }

        @Override
        public <S extends Serializable> Map<S, Set<Future<Void>>> send(Object message, Collection<S> users) {
            return users.stream()
                    .distinct()
                    .collect(Collectors.toMap(Function.identity(), user -> send(message, user)));
        }

        private static Future<Void> future(CompletionStage<Entry> stored) {
            return stored.<Void>thenApply(entry -> null).toCompletableFuture();
        }
    }
}
