package dev.parley.standalone;

import dev.parley.admission.Admission;
import dev.parley.app.Application;
import dev.parley.config.Settings;
import dev.parley.endpoint.ChatEndpoint;
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
 * The beans, the WebSocket container and the HTTP server of one JVM, put together: assembled, then listening, then
 * stopped. For one thread, but {@link #stop} may be called by another.
 */
final class Server {
    private static final Logger LOG = System.getLogger("dev.parley.server");

    /** What the stop of the HTTP server, the WebSocket container and the beans may take, after the connections' own. */
    private static final Duration CLEANUP = Duration.ofSeconds(3);

    private final SeContainer beans;
    private final WebSockets webSockets;
    private final HttpServer http;
    private final Listener listener;
    private final HttpConnections connections;
    private final Duration patience;

    private Server(
            SeContainer beans,
            WebSockets webSockets,
            HttpServer http,
            Listener listener,
            HttpConnections connections,
            Duration patience) {
        this.beans = beans;
        this.webSockets = webSockets;
        this.http = http;
        this.listener = listener;
        this.connections = connections;
        this.patience = patience;
    }

    /** Puts everything in place but the open port: nobody is let in before all is there. */
    static Server assemble(Settings settings) {
        // Weld's own shutdown hook would take the beans away while the connections are being said goodbye.
        SeContainer beans = SeContainerInitializer.newInstance()
                .addProperty("org.jboss.weld.se.shutdownHook", false)
                .initialize();
        try {
            Application.Parts parts = Application.Parts.of(beans);
            Admission admission = parts.admission();
            WebSockets webSockets = WebSockets.of(ChatEndpoint.class);
            HttpServer http = new HttpServer();
            OperatorLog log = parts.operatorLog();
            HttpConnections connections = HttpConnections.ofHeap(settings.proxies());
            Optional<StrictTransport> strictTransport =
                    settings.tls().map(Settings.Tls::hsts).flatMap(StrictTransport::of);
            HttpHeadGuard heads = new HttpHeadGuard(settings.head(), strictTransport, log);
            // Grizzly answers TRACE by itself, and waits for the peer with it.
            http.getServerConfiguration().setPassTraceRequest(true);
            http.getServerConfiguration()
                    .addHttpHandler(
                            new Routes(
                                    new RefusalHandler(),
                                    new PageHandler(WebPage.of(UnpackedFiles.page())),
                                    connections,
                                    admission),
                            "/");
            http.start();
            Listener listener = new Listener(settings);
            listener.registerAddOn(new ChatFilter.AddOn(webSockets, admission, connections, heads, strictTransport));
            return new Server(
                    beans,
                    webSockets,
                    http,
                    listener,
                    connections,
                    settings.drain().plus(CLEANUP));
        } catch (IOException e) {
            beans.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException | Error e) {
            beans.close();
            throw e;
        }
    }

    /** @throws UncheckedIOException with a sentence, when the address can't be had */
    void listen() {
        http.addListener(listener);
        parts().operatorLog().serves(page().toString());
    }

    private Application.Parts parts() {
        return Application.Parts.of(beans);
    }

    /** Where the page is. */
    URI page() {
        return listener.address("http", "/");
    }

    /** Where the WebSocket is. */
    URI chat() {
        return listener.address("ws", Admission.PATH);
    }

    /** Says goodbye to all connections, then stops; returns after a bounded time in any case. */
    void stop() {
        Thread stopping = new Thread(this::stopInOrder, "parley-stopping");
        stopping.setDaemon(true);
        stopping.start();
        try {
            stopping.join(patience.toMillis());
            if (stopping.isAlive()) {
                tell("Parley ends before all is stopped: that took more than " + patience.toMillis() + " ms.");
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
            // The handshakes and requests that are being answered; connections that merely exist are not waited for.
            http.shutdown(1, TimeUnit.SECONDS).get(2, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            tell("Parley stops with HTTP requests unanswered.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.shutdownNow();
        connections.close();
    }

    /** What fails must not keep the rest from being stopped. */
    private static void attempt(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            tell("Parley can't " + what + ": " + Sentence.of(e));
        }
    }

    /** Not by System.err, where a reader that stalls would keep the JVM from ending. */
    private static void tell(String sentence) {
        LOG.log(Level.WARNING, sentence);
    }
}
