package dev.parley.config;

import dev.parley.admission.Hosts;
import dev.parley.admission.Origins;
import dev.parley.admission.Proxies;
import dev.parley.admission.QuotaLimits;
import dev.parley.message.Limits;
import dev.parley.message.ParleyException;
import dev.parley.message.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The values of all settings, read once and checked; {@link Setting} lists them. Immutable.
 *
 * @param host the host name or address on which the standalone server listens
 * @param port the port of the standalone server; 0 for any free port
 * @param path the path of the endpoint below that of the application, with a slash at its start
 * @param tls empty for plain HTTP
 * @param data the folder of the log, absolute
 * @param formerData a folder that earlier versions would have used instead; empty if there is none
 * @param database the database of the log
 * @param keep how long the entries of rooms are kept
 * @param outbox the table for messages of transactions; empty if they wait in memory
 * @param relay the relay between the nodes that share the log
 * @param origins the pages that may connect
 * @param hosts the host names of the server, in addition to those that are always allowed
 * @param connections the most connections at a time
 * @param connectionsOfAddress the most connections at a time from one address
 * @param diskFree the bytes of the disk that must stay free; empty for a default that depends on the size of the disk
 * @param memory the most bytes that all connections together may hold, for frames that wait to be sent and for
 *     incomplete messages
 * @param proxies the proxies that are trusted to name their client's address
 * @param heartbeat the time without traffic after which the server sends a connection a heartbeat
 * @param limits the limits of one connection
 * @param burst the most messages that a connection may send at once
 * @param bytes the bytes a second that one user may send in the long run
 * @param bytesOfAddress the bytes a second that all users of one address may send in the long run
 * @param quotas how many files users may send, and how many rooms they may make or be in
 * @param head the largest head of an HTTP request, in bytes; only for the standalone server
 * @param tokens the requirements for tokens; empty if the server accepts none
 * @param guests whether clients without credentials may connect
 * @param signIn the address of the page on which people sign in
 * @param access the policy of rooms; a policy of the application can only grant less
 * @param accessRules the file of rules for rooms, which replaces {@code access}
 * @param roles the roles that a container is asked about, beside the roles in the rules
 * @param sessionAge how long a client can return as the same user with the secret of its last {@code welcome}
 * @param draftTimeout the time that the observers of the application have for a message before it is stored
 * @param greeter whether the example bean answers in the rooms
 * @param drain the longest time for closing all connections at a shutdown
 */
public record Settings(
        String host,
        int port,
        String path,
        Optional<Tls> tls,
        Path data,
        Optional<Path> formerData,
        Chosen database,
        Retention keep,
        Optional<OutboxSettings> outbox,
        Chosen relay,
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
        QuotaLimits quotas,
        int head,
        Optional<TokenSettings> tokens,
        boolean guests,
        Optional<String> signIn,
        Chosen access,
        Optional<Path> accessRules,
        Set<String> roles,
        Duration sessionAge,
        Duration draftTimeout,
        boolean greeter,
        Duration drain) {
    private static final int CONNECTION_BYTES = 16 << 10;
    private static final int MEMORY_PART = 4;
    /** How many times the quota of one user all users of one address have. */
    private static final int OF_ADDRESS = 16;
    /** How many times the rooms of one connection all connections of its user have. */
    private static final int OF_USER = 5;

    private static final long LEAST_MEMORY = 1 << 20;

    /**
     * The key and certificate of the server. Its text leaves out the password.
     *
     * @param hsts the seconds for which browsers must use only TLS for this host (RFC 6797); with 0 the header is not
     *     sent
     */
    public record Tls(Path keystore, String password, int hsts) {
        @Override
        public String toString() {
            return keystore.toString();
        }
    }

    /** The settings of this JVM for the standalone server. Throws what {@link #of(SettingPlaces, String)} throws. */
    public static Settings ofSystem() {
        return of(SettingPlaces.ofSystem(), "");
    }

    /** The settings from these properties and variables; a property has precedence. */
    public static Settings of(Map<String, String> properties, Map<String, String> environment) {
        return of(SettingPlaces.of(properties, environment), "");
    }

    /**
     * The path of the endpoint alone. A servlet container must know it before anything else.
     *
     * @throws SettingsException if it is no path
     */
    public static String path(SettingPlaces places) {
        return new SettingSource(places).parse(Setting.PATH, Addresses::path);
    }

    /** Whether the data lie below the temporary folder of this JVM. Some systems empty it at a restart, or of old files. */
    public boolean hasTemporaryData() {
        return LogFolder.isTemporary(data, Map.of("java.io.tmpdir", System.getProperty("java.io.tmpdir")));
    }

    /**
     * The settings of one application.
     *
     * @param application the name of the application among the others; empty for the one at the root context
     * @throws SettingsException for a value that is not allowed, for a name {@code parley.*} that is no setting where Parley
     *     is alone, or if no folder for the log is set and the default folder is temporary
     */
    public static Settings of(SettingPlaces places, String application) {
        places.check();
        SettingSource source = new SettingSource(places);
        int rate = source.number(Setting.RATE);
        int bytes = source.number(Setting.RATE_BYTES, 2_048 * rate);
        Path data = LogFolder.of(source, places.system(), application);
        return new Settings(
                source.parse(Setting.HOST, Addresses::host),
                source.number(Setting.PORT),
                source.parse(Setting.PATH, Addresses::path),
                tls(source),
                data,
                LogFolder.former(source, places.system(), data, application),
                source.chosen(Setting.DATABASE),
                keep(source),
                OutboxSettings.of(source, application),
                source.chosen(Setting.RELAY),
                source.parse(Setting.ORIGINS, Addresses::origins),
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
                source.number(Setting.RATE_BYTES_ADDRESS, (int) Math.min(Integer.MAX_VALUE, (long) OF_ADDRESS * bytes)),
                quotas(source),
                source.number(Setting.LIMIT_HEAD),
                TokenSettings.of(source),
                source.flag(Setting.GUESTS),
                source.isSet(Setting.SIGN_IN)
                        ? Optional.of(source.parse(Setting.SIGN_IN, Addresses::page))
                        : Optional.empty(),
                source.chosen(Setting.ACCESS),
                accessRules(source),
                Set.copyOf(source.list(Setting.ROLES)),
                Duration.ofSeconds(source.number(Setting.SESSION_AGE)),
                source.milliseconds(Setting.DRAFT_TIMEOUT),
                source.isSet(Setting.GREETER) ? source.flag(Setting.GREETER) : places.alone(),
                source.milliseconds(Setting.DRAIN));
    }

    /**
     * The number of connections that fit into half of the heap: an idle connection takes 8 KiB, and as much again for
     * buffers that stay after it has sent.
     */
    static int connectionsOf(long heap) {
        int most = Integer.parseInt(Setting.CONNECTIONS.fallback());
        return (int) Math.max(1, Math.min(most, heap / 2 / CONNECTION_BYTES));
    }

    private static QuotaLimits quotas(SettingSource source) {
        int attachments = source.number(Setting.QUOTA_ATTACHMENTS);
        int roomsMade = source.number(Setting.QUOTA_ROOMS_MADE);
        int rooms = source.number(Setting.QUOTA_ROOMS);
        int roomsOfUser = source.number(Setting.QUOTA_ROOMS_USER, OF_USER * rooms);
        int connections = source.number(Setting.CONNECTIONS_ADDRESS);
        return new QuotaLimits(
                attachments,
                source.number(Setting.QUOTA_ATTACHMENTS_ADDRESS, OF_ADDRESS * attachments),
                roomsMade,
                source.number(Setting.QUOTA_ROOMS_MADE_ADDRESS, OF_ADDRESS * roomsMade),
                rooms,
                roomsOfUser,
                source.number(Setting.QUOTA_ROOMS_ADDRESS, OF_ADDRESS * Math.max(connections, roomsOfUser)));
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

    private static Retention keep(SettingSource source) {
        Chosen rules = source.chosen(Setting.KEEP);
        try {
            return Retention.parse(rules.name());
        } catch (ParleyException e) {
            throw new SettingsException(
                    "%s (from %s) can't be used: %s.".formatted(Setting.KEEP.key(), rules.source(), e.getMessage()), e);
        }
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

    private static Optional<Path> accessRules(SettingSource source) {
        if (!source.isSet(Setting.ACCESS_RULES)) {
            return Optional.empty();
        }
        if (source.isSet(Setting.ACCESS)) {
            throw new SettingsException("%s and %s are both set, but one of them decides."
                    .formatted(Setting.ACCESS.key(), Setting.ACCESS_RULES.key()));
        }
        return Optional.of(source.path(Setting.ACCESS_RULES));
    }
}
