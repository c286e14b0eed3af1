package dev.parley.config;

import java.util.Locale;

/**
 * The table of all settings, each with its default and its allowed values. Immutable.
 *
 * <p>The {@link SettingPlaces} say where a setting is read: for example from the system property with its {@link #key}, or else
 * from the environment variable with its {@link #variable}. An empty value counts as not set.
 */
public enum Setting {
    HOST("parley.host", "127.0.0.1", "a host name or an address"),
    PORT("parley.port", 8080, 0, 65_535, "port", "0 takes any that is free"),
    /** Below the context path of the application. */
    PATH("parley.path", "/chat", "a path such as /chat or /live/rooms, of letters, digits, - and _"),
    TLS_KEYSTORE("parley.tls.keystore", "", "the path of a PKCS12 or JKS file"),
    TLS_PASSWORD("parley.tls.password", "", "the password of the keystore"),
    /**
     * By default it is below the container's own data folder. Applications that are not at the root context each have a
     * folder in it.
     */
    DATA("parley.data", "parley-data", "the path of a folder"),
    DATABASE("parley.database", "sqlite", "the name of a database"),
    KEEP("parley.keep", "", "rules such as audit-*: forever; chat-*: 30 days, 100000 entries; *: 365 days, 2 GB"),
    /** The database of the application, in whose transactions it sends messages. */
    OUTBOX_DATASOURCE("parley.outbox.datasource", "", "the JNDI name of a data source"),
    /** Applications that are not at the root context add their own names. */
    OUTBOX_STORE("parley.outbox.store", "parley", "a name of up to 100 characters, except rejected and trial"),
    RELAY("parley.relay", "local", "the name of a relay"),
    ORIGINS("parley.origins", "", "a list such as https://chat.example.com,https://example.com, or * for any origin"),
    /** In a container an empty list means any host. */
    HOSTS("parley.hosts", "", "a list of host names such as chat.example.com,my-nas, or * for any"),
    /** The default is smaller if the heap is small. */
    CONNECTIONS("parley.connections", 50_000, 1, 10_000_000, "connections", ""),
    /** Behind a proxy that is not trusted, all connections come from one address. */
    CONNECTIONS_ADDRESS("parley.connections.address", 10_000, 1, 10_000_000, "connections", ""),
    HEARTBEAT("parley.heartbeat", 20_000, 100, 3_600_000, "milliseconds", ""),
    RATE("parley.rate", 50, 1, 1_000_000, "messages a second", ""),
    /** The default is twice the rate. */
    BURST("parley.burst", 100, 1, 2_000_000, "messages", ""),
    /** The default is 2 KiB for each message of the rate. */
    RATE_BYTES("parley.rate.bytes", 100 << 10, 1_024, Integer.MAX_VALUE, "bytes a second", ""),
    /** The default is 16 times the default of one user. */
    RATE_BYTES_ADDRESS("parley.rate.bytes.address", 1_600 << 10, 1_024, Integer.MAX_VALUE, "bytes a second", ""),
    QUOTA_ATTACHMENTS("parley.quota.attachments", 1_000, 1, 100_000_000, "files a day", ""),
    /** The default is 16 times that of one user. */
    QUOTA_ATTACHMENTS_ADDRESS("parley.quota.attachments.address", 16_000, 1, 2_000_000_000, "files a day", ""),
    QUOTA_ROOMS_MADE("parley.quota.rooms.made", 100, 1, 100_000_000, "rooms a day", ""),
    /** The default is 16 times that of one user. */
    QUOTA_ROOMS_MADE_ADDRESS("parley.quota.rooms.made.address", 1_600, 1, 2_000_000_000, "rooms a day", ""),
    QUOTA_ROOMS("parley.quota.rooms", 1_000, 1, 100_000, "rooms", ""),
    /** The default is five times that of one connection. */
    QUOTA_ROOMS_USER("parley.quota.rooms.user", 5_000, 1, 10_000_000, "rooms", ""),
    /** The default is 16 for each connection that may come from one address. */
    QUOTA_ROOMS_ADDRESS("parley.quota.rooms.address", 160_000, 1, 2_000_000_000, "rooms", ""),
    /** The proxies that are trusted to name their client's address. */
    PROXIES("parley.proxies", "", "a list of addresses and networks such as 10.0.0.5,192.0.2.0/24,2001:db8::/32"),
    LIMIT_TEXT("parley.limit.text", 64 << 10, 64, 64 << 20, "bytes", ""),
    LIMIT_BINARY("parley.limit.binary", 1 << 20, 64, 64 << 20, "bytes", ""),
    /** Only for the standalone server; a container has its own setting. */
    LIMIT_HEAD("parley.limit.head", 16 << 10, 1024, 1 << 20, "bytes", ""),
    TLS_HSTS("parley.tls.hsts", 0, 0, Integer.MAX_VALUE, "seconds", "0 sends no such header"),
    QUEUE("parley.queue", 1 << 20, 1024, 1 << 30, "bytes", ""),
    /** The default is 256 MiB, but at most a tenth of the disk. */
    DISK_FREE("parley.disk.free", "", "a whole number of bytes, 0 or more"),
    /** The default is a quarter of the heap. */
    MEMORY("parley.memory", "", "a whole number of bytes from 1048576 on"),
    /** One of the three settings for the key of tokens: the secret of HS256, at least 32 bytes. */
    JWT_SECRET("parley.jwt.secret", "", "a text of 32 bytes or more"),
    JWT_KEY("parley.jwt.key", "", "the path of a PEM file with a public key, RSA or elliptic"),
    JWT_JWKS("parley.jwt.jwks", "", "the address or the path of a set of public keys"),
    JWT_ISSUER("parley.jwt.issuer", "", "a text"),
    JWT_AUDIENCE("parley.jwt.audience", "", "a text"),
    JWT_LEEWAY("parley.jwt.leeway", 30, 0, 600, "seconds", ""),
    /** A user has the roles of all these claims. */
    JWT_ROLES("parley.jwt.roles", "roles,groups", "a list of claims such as roles,groups,realm_access.roles"),
    GUESTS("parley.guests", "true", "true or false"),
    /** Where the page sends people who must sign in. */
    SIGN_IN(
            "parley.signin",
            "",
            "the path of a page such as signed-in or /shop/login, or its address that begins with https:// or http://"),
    /** A {@code RoomPolicy} of the application can only grant less. */
    ACCESS("parley.access", "open", "the name of a policy"),
    /** Replaces {@link #ACCESS}. Not read if the application has a {@code RoomPolicy}. */
    ACCESS_RULES("parley.access.rules", "", "the path of a file of rules"),
    /** A container has no list of the roles of a user, but it can be asked about each of these. */
    ROLES("parley.roles", "", "a list of roles such as staff,clerk"),
    /** The default is 30 days. */
    SESSION_AGE("parley.session.age", 2_592_000, 1, 31_536_000, "seconds", ""),
    DRAFT_TIMEOUT("parley.draft.timeout", 5_000, 100, 600_000, "milliseconds", ""),
    GREETER("parley.greeter", "true", "true or false"),
    DRAIN("parley.drain", 5_000, 0, 600_000, "milliseconds", "");

    private final String key;
    private final String fallback;
    private final String allowed;
    private final int least;
    private final int most;

    Setting(String key, String fallback, String allowed) {
        this.key = key;
        this.fallback = fallback;
        this.allowed = allowed;
        this.least = 0;
        this.most = 0;
    }

    Setting(String key, int fallback, int least, int most, String unit, String remark) {
        this.key = key;
        this.fallback = Integer.toString(fallback);
        this.allowed = "a whole number from %d to %d (%s%s)"
                .formatted(least, most, unit, remark.isEmpty() ? "" : "; " + remark);
        this.least = least;
        this.most = most;
    }

    /** The name of the property. */
    public String key() {
        return key;
    }

    /** The name of the environment variable. */
    public String variable() {
        return key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** The value if none is set. It is empty if there is no default, or if the default depends on the machine. */
    public String fallback() {
        return fallback;
    }

    /** The allowed values, as the end of a sentence. */
    public String allowed() {
        return allowed;
    }

    /** Whether a numeric setting may have this number. */
    boolean admits(int number) {
        return least <= number && number <= most;
    }
}
