package dev.parley.standalone;

import dev.parley.config.Setting;
import dev.parley.config.Settings;
import dev.parley.config.SettingsException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;

/**
 * Makes the server's side of TLS from a keystore: TLS 1.2 and 1.3, with those cipher suites of the JDK that have forward
 * secrecy and authenticated encryption (RFC 9325 section 4.2), in the server's order.
 */
final class Keystore {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    static {
        // A client could have the server compute one handshake after the other. The JDK reads it once, with its first
        // TLS.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private Keystore() {}

    /** @throws SettingsException when the file can't be read, or not with this password */
    static SSLEngineConfigurator open(Settings.Tls tls) {
        char[] password = tls.password().toCharArray();
        try {
            // Finds out by itself whether the file is PKCS12 or JKS.
            KeyStore store = KeyStore.getInstance(tls.keystore().toFile(), password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new Engines(context);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new SettingsException(
                    "%s is '%s', but that can't be opened: %s."
                            .formatted(Setting.TLS_KEYSTORE.key(), tls.keystore(), e.getMessage()),
                    e);
        }
    }

    /** Grizzly 4.0.2 can't be told the order of the suites, and forgets parameters that it is given. */
    private static final class Engines extends SSLEngineConfigurator {
        Engines(SSLContext context) {
            super(context, false, false, false);
        }

        @Override
        public SSLEngine configure(SSLEngine engine) {
            engine.setUseClientMode(false);
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setProtocols(PROTOCOLS);
            parameters.setCipherSuites(Stream.of(parameters.getCipherSuites())
                    .filter(Engines::isSafe)
                    .toArray(String[]::new));
            parameters.setUseCipherSuitesOrder(true);
            engine.setSSLParameters(parameters);
            return engine;
        }

        /** All suites of TLS 1.3 are. */
        private static boolean isSafe(String suite) {
            boolean modern = !suite.contains("_WITH_") && suite.startsWith("TLS_");
            boolean authenticated = suite.contains("_GCM_") || suite.contains("_CHACHA20_POLY1305_");
            return modern && !suite.contains("SCSV") || suite.startsWith("TLS_ECDHE_") && authenticated;
        }

        @Override
        public SSLEngineConfigurator copy() {
            return new Engines(getSslContext());
        }
    }
}
