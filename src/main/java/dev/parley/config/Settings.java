package dev.parley.config;

import dev.parley.admission.Hosts;
import dev.parley.admission.Origins;
import dev.parley.admission.Proxies;
import dev.parley.message.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All settings, read once and checked; {@link Setting} says which there are. Immutable.
 *
 * @param host where the standalone server listens
 * @param port 0 for any that is free
 * @param tls empty for plain HTTP
 * @param data the folder of the log, absolute
 * @param origins which pages may connect
 * @param hosts by which names they may, beside those that are always the server's
 * @param connections how many there may be at a time
 * @param connectionsOfAddress how many of them from one address
 * @param diskFree how many bytes of the disk are to stay free; empty where what is to stay free fits the disk
 * @param memory how many bytes all connections together may hold, for what waits to be sent and what is not complete yet
 * @param proxies whose word is taken for the address of a peer
 * @param heartbeat after how long without traffic a connection gets a sign of life
 * @param limits what one connection may do
 * @param burst how many messages a connection may send at once, beyond its rate
 * @param bytes how many bytes a second one user may send in the long run
 * @param bytesOfAddress how many bytes a second may come from one address in the long run
 * @param head how large the head of an HTTP request may be, in bytes; standalone
 * @param tokens what tokens must be; empty where none are taken
 * @param guests whether one may take part without credentials
 * @param sessionAge how long a client can come back as the same user with the secret of its last {@code welcome}
 * @param greeter whether the example of the public API answers in the rooms
 * @param drain how long saying goodbye to all connections may take at a shutdown
 */
public record Settings(
        String host,
        int port,
        Optional<Tls> tls,
        Path data,
        Origins origins,
        Hosts hosts,
        int connections,
        int connectionsOfAddress,
        OptionalLong diskFree,
        long memory,
        Proxies proxies,
        Duration heartbeat,
        Limits limits,
        int burst,
        int bytes,
        int bytesOfAddress,
        int head,
        Optional<TokenSettings> tokens,
        boolean guests,
        Duration sessionAge,
        boolean greeter,
        Duration drain) {
    private static final int CONNECTION_BYTES = 16 << 10;
    private static final int MEMORY_PART = 4;
    private static final long LEAST_MEMORY = 1 << 20;

    /**
     * The key and certificate of the server; its text hides the password.
     *
     * @param hsts for how many seconds browsers are to use nothing but TLS for this host (RFC 6797); 0 says nothing of it
     */
    public record Tls(Path keystore, String password, int hsts) {
        @Override
        public String toString() {
            return keystore.toString();
        }
    }

    /** The settings of this JVM for the standalone server; throws as {@link #ofSystem(String)} does. */
    public static Settings ofSystem() {
        return ofSystem("");
    }

    /**
     * The settings of this JVM for one application of a server.
     *
     * @param application what tells it from the others; empty for the one at the root
     * @throws SettingsException for a value that isn't allowed, a system property {@code parley.*} that is no setting, or
     *     where no folder for the log is set and the default one would not last
     */
    public static Settings ofSystem(String application) {
        Map<String, String> properties = System.getProperties().stringPropertyNames().stream()
                .filter(name -> System.getProperty(name) != null)
                .collect(Collectors.toUnmodifiableMap(name -> name, System::getProperty));
        return of(properties, System.getenv(), application);
    }

    /**
     * The settings that these properties and variables make, the properties first.
     *
     * @throws SettingsException as {@link #ofSystem(String)}
     */
    public static Settings of(Map<String, String> properties, Map<String, String> environment) {
        return of(properties, environment, "");
    }

    static Settings of(Map<String, String> properties, Map<String, String> environment, String application) {
        SettingSource source = new SettingSource(properties, environment);
        int rate = source.number(Setting.RATE);
        int bytes = source.number(Setting.RATE_BYTES, 2_048 * rate);
        return new Settings(
                source.parse(Setting.HOST, Settings::host),
                source.number(Setting.PORT),
                tls(source),
                LogFolder.of(source, properties, application),
                source.parse(Setting.ORIGINS, Settings::origins),
                source.parse(Setting.HOSTS, Hosts::new),
                source.number(
                        Setting.CONNECTIONS, connectionsOf(Runtime.getRuntime().maxMemory())),
                source.number(Setting.CONNECTIONS_ADDRESS),
                source.isSet(Setting.DISK_FREE)
                        ? OptionalLong.of(source.parse(Setting.DISK_FREE, Settings::bytes))
                        : OptionalLong.empty(),
                source.isSet(Setting.MEMORY)
                        ? source.parse(Setting.MEMORY, Settings::memory)
                        : Runtime.getRuntime().maxMemory() / MEMORY_PART,
                source.parse(Setting.PROXIES, Proxies::new),
                source.milliseconds(Setting.HEARTBEAT),
                new Limits(
                        source.number(Setting.LIMIT_TEXT),
                        source.number(Setting.LIMIT_BINARY),
                        source.number(Setting.QUEUE),
                        rate),
                source.number(Setting.BURST, 2 * rate),
                bytes,
                source.number(Setting.RATE_BYTES_ADDRESS, (int) Math.min(Integer.MAX_VALUE, 16L * bytes)),
                source.number(Setting.LIMIT_HEAD),
                TokenSettings.of(source),
                source.flag(Setting.GUESTS),
                Duration.ofSeconds(source.number(Setting.SESSION_AGE)),
                source.flag(Setting.GREETER),
                source.milliseconds(Setting.DRAIN));
    }

    /** As many as fit into half of the heap: an idle one takes 8 KiB, and what it once sent leaves buffers as large. */
    static int connectionsOf(long heap) {
        int most = Integer.parseInt(Setting.CONNECTIONS.fallback());
        return (int) Math.max(1, Math.min(most, heap / 2 / CONNECTION_BYTES));
    }

    private static long bytes(String text) {
        long bytes = Long.parseLong(text);
        if (bytes < 0) {
            throw new IllegalArgumentException();
        }
        return bytes;
    }

    private static long memory(String bytes) {
        long memory = Long.parseLong(bytes);
        if (memory < LEAST_MEMORY) {
            throw new IllegalArgumentException();
        }
        return memory;
    }

    private static Optional<Tls> tls(SettingSource source) {
        boolean password = source.isSet(Setting.TLS_PASSWORD);
        if (source.isSet(Setting.TLS_KEYSTORE) != password) {
            throw new SettingsException("%s is set without %s, but they belong together."
                    .formatted(
                            (password ? Setting.TLS_PASSWORD : Setting.TLS_KEYSTORE).key(),
                            (password ? Setting.TLS_KEYSTORE : Setting.TLS_PASSWORD).key()));
        }
        return source.text(Setting.TLS_PASSWORD)
                .map(text -> new Tls(source.path(Setting.TLS_KEYSTORE), text, source.number(Setting.TLS_HSTS)));
    }

    /** An address of IPv6 may stand in brackets, as in a web address. */
    private static String host(String text) {
        boolean opens = text.startsWith("[");
        if (opens != text.endsWith("]") || opens && text.indexOf(':') < 0) {
            throw new IllegalArgumentException();
        }
        return opens ? text.substring(1, text.length() - 1) : text;
    }

    private static Origins origins(String list) {
        return new Origins(Stream.of(list.split(","))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .collect(Collectors.toUnmodifiableSet()));
    }
}
