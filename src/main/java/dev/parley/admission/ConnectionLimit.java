package dev.parley.admission;

import dev.parley.operator.Incident;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the number of connections, in all and from one address. Thread-safe.
 *
 * <p>Of an IPv6 address only the first 64 bits count, because its owner can choose the rest freely (RFC 4291 section
 * 2.5.4). A connection with an unknown address counts only in all.
 */
public final class ConnectionLimit {
    private static final int MIN_RETRY_SECONDS = 5;
    private static final int MAX_RETRY_SECONDS = 30;
    private static final int NETWORK_BYTES = 8;

    private final int most;
    private final int mostOfAddress;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<String, Integer> takenOf = new ConcurrentHashMap<>();

    /**
     * @param most the most connections in all
     * @param mostOfAddress the most connections from one address
     */
    public ConnectionLimit(int most, int mostOfAddress) {
        this.most = most;
        this.mostOfAddress = mostOfAddress;
    }

    /** The reason why there is no permit. */
    public enum Full {
        IN_ALL(Incident.SERVER_FULL, "This server has as many connections as it allows; come back later."),
        OF_ADDRESS(
                Incident.ADDRESS_FULL, "Your address has as many connections as this server allows; come back later.");

        /** The incident for the operator's log. */
        public final Incident incident;

        /** The sentence for the rejected client, in ASCII. */
        public final String sentence;

        Full(Incident incident, String sentence) {
            this.incident = incident;
            this.sentence = sentence;
        }
    }

    /** The permit of one connection to be open. */
    public final class Permit {
        private final String network;
        private final Full full;
        private final AtomicBoolean isFree = new AtomicBoolean();

        private Permit(String network, Full full) {
            this.network = network;
            this.full = full;
        }

        /** Empty if the connection may be open; else the reason why it may not. */
        public Optional<Full> full() {
            return Optional.ofNullable(full);
        }

        /** Whether more than half of all permits, or of the permits of this address, are in use. */
        public boolean isCrowded() {
            return 2L * taken.get() > most || 2L * takenOf.getOrDefault(network, 0) > mostOfAddress;
        }

        /** The connection has ended. Later calls change nothing. */
        public void free() {
            if (full == null && isFree.compareAndSet(false, true)) {
                free(network);
            }
        }

        private void free(String network) {
            takenOf.computeIfPresent(network, (name, count) -> count == 1 ? null : count - 1);
            taken.decrementAndGet();
        }
    }

    /** The most connections in all. */
    public int most() {
        return most;
    }

    /** The reason why one more connection would get no permit now, or empty. The answer may change at any moment. */
    public Optional<Full> full(String address) {
        if (taken.get() >= most) {
            return Optional.of(Full.IN_ALL);
        }
        return takenOf.getOrDefault(network(address), 0) >= mostOfAddress
                ? Optional.of(Full.OF_ADDRESS)
                : Optional.empty();
    }

    /** @param address the address of the client, or an empty text if it is unknown */
    public Permit take(String address) {
        String network = network(address);
        if (taken.incrementAndGet() > most) {
            taken.decrementAndGet();
            return new Permit(network, Full.IN_ALL);
        }
        if (!network.isEmpty() && takenOf.merge(network, 1, Integer::sum) > mostOfAddress) {
            Permit permit = new Permit(network, Full.OF_ADDRESS);
            permit.free(network);
            return permit;
        }
        return new Permit(network, null);
    }

    /**
     * The seconds after which a rejected client should try again: a random number, and not a small one, because most
     * connections stay open for long.
     */
    public static int retryAfterSeconds() {
        return ThreadLocalRandom.current().nextInt(MIN_RETRY_SECONDS, MAX_RETRY_SECONDS + 1);
    }

    /**
     * The part of an address that counts: the whole address, or the first 64 bits of an IPv6 address. All spellings of
     * an IPv6 address give the same result.
     */
    public static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // A text with a colon is no host name, so there is no look-up.
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes, 0, Math.min(NETWORK_BYTES, bytes.length));
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
