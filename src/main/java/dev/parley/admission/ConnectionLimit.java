package dev.parley.admission;

import dev.parley.operator.Incident;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections there may be, in all and from one address, and how many there are. Thread-safe.
 *
 * <p>Of an IPv6 address the first 64 bits count: the rest is at the disposal of whoever has it (RFC 4291 section 2.5.4).
 * Connections whose address isn't known count in all only.
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
     * @param most how many there may be in all
     * @param mostOfAddress how many of them from one address
     */
    public ConnectionLimit(int most, int mostOfAddress) {
        this.most = most;
        this.mostOfAddress = mostOfAddress;
    }

    /** Why there is no permit. */
    public enum Full {
        IN_ALL(Incident.SERVER_FULL, "This server has as many connections as it may have; come back later."),
        OF_ADDRESS(
                Incident.ADDRESS_FULL,
                "There are as many connections from your address as there may be; come back later.");

        /** What it is to the operator. */
        public final Incident incident;

        /** For whoever has to go, in ASCII. */
        public final String sentence;

        Full(Incident incident, String sentence) {
            this.incident = incident;
            this.sentence = sentence;
        }
    }

    /** One connection's permit to be open. */
    public final class Permit {
        private final String network;
        private final Full full;

        private Permit(String network, Full full) {
            this.network = network;
            this.full = full;
        }

        /** Empty where the connection may be open; else why it may not. */
        public Optional<Full> full() {
            return Optional.ofNullable(full);
        }

        /** Whether more than half of all permits, or of the permits of this address, are taken. */
        public boolean isCrowded() {
            return 2L * taken.get() > most || 2L * takenOf.getOrDefault(network, 0) > mostOfAddress;
        }

        /** The connection is gone. Called once. */
        public void free() {
            if (full == null) {
                free(network);
            }
        }

        private void free(String network) {
            takenOf.computeIfPresent(network, (name, count) -> count == 1 ? null : count - 1);
            taken.decrementAndGet();
        }
    }

    /** How many there may be in all. */
    public int most() {
        return most;
    }

    /** Why one more connection would get no permit now. The answer may be another one in the next moment. */
    public Optional<Full> full(String address) {
        if (taken.get() >= most) {
            return Optional.of(Full.IN_ALL);
        }
        return takenOf.getOrDefault(network(address), 0) >= mostOfAddress
                ? Optional.of(Full.OF_ADDRESS)
                : Optional.empty();
    }

    /** @param address the peer's, or an empty text where it isn't known */
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

    /** After how many seconds to come back: different for each, and not soon, because those who are here mostly stay. */
    public static int retryAfterSeconds() {
        return ThreadLocalRandom.current().nextInt(MIN_RETRY_SECONDS, MAX_RETRY_SECONDS + 1);
    }

    /** What counts of an address: all of it, or the first 64 bits of an IPv6 one, in one form for all ways to write it. */
    public static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            // With a colon it is no name, and nothing is looked up.
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return HexFormat.of().formatHex(bytes, 0, Math.min(NETWORK_BYTES, bytes.length));
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
