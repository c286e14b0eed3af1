package dev.parley.standalone;

import dev.parley.config.Setting;
import dev.parley.config.Settings;
import dev.parley.config.SettingsException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;

/** Makes the server's side of TLS from a keystore. The JDK's engines take the ciphers in the order given here. */
final class Keystore {
    /** With forward secrecy, and authenticated (RFC 9325 section 4.2): all of TLS 1.3, few of TLS 1.2. */
    private static final Pattern SAFE = Pattern.compile("TLS_(?:AES|CHACHA20)_.*|TLS_ECDHE_.*_(?:GCM|POLY1305)_.*");

    static {
        // A client that renegotiates costs a handshake each time. Read once, when the first engine is made.
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
            SSLEngineConfigurator engines = new SSLEngineConfigurator(context, false, false, false);
            engines.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            engines.setEnabledCipherSuites(
                    Arrays.stream(context.getSupportedSSLParameters().getCipherSuites())
                            .filter(suite -> SAFE.matcher(suite).matches())
                            .toArray(String[]::new));
            return engines;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new SettingsException(
                    "%s is '%s', but that can't be opened: %s."
                            .formatted(Setting.TLS_KEYSTORE.key(), tls.keystore(), e.getMessage()),
                    e);
        }
    }
}
