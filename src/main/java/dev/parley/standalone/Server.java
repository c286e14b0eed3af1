package dev.parley.standalone;

import dev.parley.admission.Admission;
import dev.parley.app.Application;
import dev.parley.config.Settings;
import dev.parley.endpoint.ChatEndpoint;
import dev.parley.endpoint.PathEndpoint;
import dev.parley.operator.OperatorLog;
import dev.parley.webapp.WebPage;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.glassfish.grizzly.http.server.HttpServer;

/**
 * The beans, the WebSocket container and the HTTP server of one JVM. It is assembled, then it listens, then it is
 * stopped. For one thread; only {@link #stop} may be called by another one.
 */
final class Server {
    private static final Logger LOG = System.getLogger("dev.parley.server");

    /**
     * The time for stopping the HTTP server, the WebSocket container and the beans, after the time for the connections.
     */
    private static final Duration CLEANUP = Duration.ofSeconds(3);

    private final SeContainer beans;
    private final WebSockets webSockets;
    private final HttpServer http;
    private final Listener listener;
    private final HttpConnections connections;
    private final String path;
    private final Duration patience;

    private Server(
            SeContainer beans,
            WebSockets webSockets,
            HttpServer http,
            Listener listener,
            HttpConnections connections,
            String path,
            Duration patience) {
        this.beans = beans;
        this.webSockets = webSockets;
        this.http = http;
        this.listener = listener;
        this.connections = connections;
        this.path = path;
        this.patience = patience;
    }

    /** Puts all parts in place, but opens no port: no client can connect before everything is ready. */
    static Server assemble(Settings settings) {
        // Weld's own shutdown hook would destroy the beans while the connections are being closed.
        SeContainer beans = SeContainerInitializer.newInstance()
                .addProperty("org.jboss.weld.se.shutdownHook", false)
                .initialize();
        try {
            Application.Parts parts = Application.Parts.of(beans);
            Admission admission = parts.admission();
            WebSockets webSockets = webSockets(settings.path());
            HttpServer http = new HttpServer();
            OperatorLog log = parts.operatorLog();
            HttpConnections connections = HttpConnections.ofHeap(settings.proxies());
            Optional<StrictTransport> strictTransport =
                    settings.tls().map(Settings.Tls::hsts).flatMap(StrictTransport::of);
            HttpHeadGuard heads = new HttpHeadGuard(settings.head(), strictTransport, log);
            // Grizzly would answer TRACE by itself, and would wait for the peer then.
            http.getServerConfiguration().setPassTraceRequest(true);
            http.getServerConfiguration()
                    .addHttpHandler(
                            new Routes(
                                    new RefusalHandler(),
                                    new PageHandler(
                                            WebPage.of(UnpackedFiles.page()).connectingTo(settings.path())),
                                    connections,
                                    admission,
                                    settings.path()),
                            "/");
            http.start();
            Listener listener = new Listener(settings);
            listener.registerAddOn(
                    new ChatFilter.AddOn(webSockets, settings.path(), admission, connections, heads, strictTransport));
            return new Server(
                    beans,
                    webSockets,
                    http,
                    listener,
                    connections,
                    settings.path(),
                    settings.drain().plus(CLEANUP));
        } catch (IOException e) {
            beans.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            beans.close();
            throw e;
        }
    }

    /** @throws UncheckedIOException with a sentence, if the address can't be bound */
    void listen() {
        http.addListener(listener);
        parts().operatorLog().serves(page().toString());
    }

    private Application.Parts parts() {
        return Application.Parts.of(beans);
    }

    /** The address of the page. */
    URI page() {
        return listener.address("http", "/");
    }

    private static WebSockets webSockets(String path) {
        return WebSockets.of(container -> {
            if (path.equals(ChatEndpoint.PATH)) {
                container.addEndpoint(ChatEndpoint.class);
            } else {
                container.addEndpoint(PathEndpoint.at(path));
            }
        });
    }

    /** The address of the WebSocket. */
    URI chat() {
        return listener.address("ws", path);
    }

    /** Closes all connections, then stops. Always returns after a bounded time. */
    void stop() {
        Thread stopping = new Thread(this::stopInOrder, "parley-stopping");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(patience.toMillis());
            if (stopping.isAlive()) {
                warn("Parley ends before everything has stopped: that took more than " + patience.toMillis() + " ms.");
            }
            LogLevels.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopInOrder() {
        listener.stopAccepting();
        attempt("say goodbye", () -> parts().drain().run());
        attempt("stop the HTTP server", this::stopHttp);
        attempt("stop the WebSocket container", webSockets::stop);
        attempt("stop the beans", beans::close);
    }

    private void stopHttp() {
        try {
            // Waits for the handshakes and requests that are being answered, not for idle connections.
            http.shutdown(1, TimeUnit.SECONDS).get(2, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            warn("Parley stops with HTTP requests unanswered.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.shutdownNow();
        connections.close();
    }

    /** Runs one step. If it fails, the other steps still follow. */
    private static void attempt(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            warn("Parley can't " + what + ": " + Sentence.of(e));
        }
    }

    /** Not System.err: a reader that stalls would keep the JVM from ending. */
    private static void warn(String sentence) {
        LOG.log(Level.WARNING, sentence);
    }
}
