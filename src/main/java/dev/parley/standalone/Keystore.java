package dev.parley.standalone;

import dev.parley.config.Setting;
import dev.parley.config.Settings;
import dev.parley.config.SettingsException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;

/** Makes the server's side of TLS from a keystore, with the protocols and ciphers that the JDK holds to be safe. */
final class Keystore {
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
            return new SSLEngineConfigurator(context, false, false, false);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new SettingsException(
                    "%s is '%s', but that can't be opened: %s."
                            .formatted(Setting.TLS_KEYSTORE.key(), tls.keystore(), e.getMessage()),
                    e);
        }
    }
}
