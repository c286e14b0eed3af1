package dev.parley.standalone;

import dev.parley.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;

/**
 * The one port of the server, with TLS if the settings say so. Thread-safe after its start.
 *
 * <p>It is added to a running server, so that no client connects before the handlers are in place. A plain listener
 * would then only log that it can't be bound.
 */
final class Listener extends NetworkListener {
    private static final int HTTP_IDLE_SECONDS = 30;
    private static final int HEADROOM = 1_024;

    Listener(Settings settings) {
        super("parley", settings.host(), settings.port());
        // Frames and requests are handled on the thread that reads them, because their handling never waits. Passing
        // each frame to another thread cost a third of the processor time.
        getTransport().setIOStrategy(SameThreadIOStrategy.getInstance());
        // HttpHeadGuard enforces the limit, with an answer that says so. Grizzly's limit is larger, so it never
        // applies.
        setMaxHttpHeaderSize(settings.head() + HEADROOM);
        getKeepAlive().setIdleTimeoutInSeconds(HTTP_IDLE_SECONDS);
        settings.tls().ifPresent(tls -> {
            setSecure(true);
            setSSLEngineConfig(Keystore.open(tls));
        });
    }

    /** @throws UncheckedIOException with a sentence, if the address can't be bound */
    @Override
    public synchronized void start() {
        try {
            super.start();
        } catch (IOException e) {
            throw cannotListen(e.getMessage(), e);
        } catch (UnresolvedAddressException e) {
            throw cannotListen("no such host", new IOException(e));
        }
    }

    /** Accepts no more connections; existing ones continue. */
    void stopAccepting() {
        getTransport().unbindAll();
    }

    /** An address on this port, as a client uses it. */
    URI address(String scheme, String path) {
        String host = getHost().contains(":") ? "[" + getHost() + "]" : getHost();
        return URI.create(scheme + (isSecure() ? "s" : "") + "://" + host + ":" + getPort() + path);
    }

    private UncheckedIOException cannotListen(String reason, IOException cause) {
        return new UncheckedIOException(
                "Parley can't listen on %s:%d (%s): free it, or choose others with parley.host and parley.port."
                        .formatted(getHost(), getPort(), reason),
                cause);
    }
}
