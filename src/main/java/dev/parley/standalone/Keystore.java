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
 * Makes the server's side of TLS from a keystore: TLS 1.2 and 1.3, with the JDK's cipher suites that have forward
 * secrecy and authenticated encryption (RFC 9325 section 4.2), in the server's order of preference.
 */
final class Keystore {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    static {
        // Otherwise a client could make the server compute one handshake after the other. The JDK reads this property
        // once, before its first TLS connection.
        System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
    }

    private Keystore() {}

    /** @throws SettingsException if the file can't be read with this password */
    static SSLEngineConfigurator open(Settings.Tls tls) {
        char[] password = tls.password().toCharArray();
        try {
            // This call detects whether the file is PKCS12 or JKS.
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

    /**
     * Configures each engine itself, because Grizzly 4.0.2 has no setting for the order of the suites and drops given
     * parameters.
     */
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

        /** All suites of TLS 1.3 are safe. */
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
