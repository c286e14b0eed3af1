package dev.parley.endpoint;

import dev.parley.admission.ConnectionLimit;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import dev.parley.security.Quota;
import dev.parley.security.Quotas;

/**
 * The bytes that one connection may send and request. They count against the quotas of its user and of its address, which
 * all their connections share. {@link #admitted}, {@link #send} and {@link #end} are called by one thread at a time, the
 * other methods by any thread.
 *
 * <p>Very many connections can share the quota of an address, so {@value #PORTION} bytes are taken from it at a time.
 */
final class Allowance {
    /** The cost of a message beside its body, in bytes: about the size of an empty row of the log. */
    private static final int MESSAGE = 256;
    /** The cost of each member in the answer to a join: its name, and the time of the room's loop. */
    private static final int MEMBER = 256;

    /** A part of an attachment costs its bytes and one of so many parts of the whole, which a database may read for each part. */
    private static final int PARTS = 16;

    /** The cost of looking for an attachment, also if there is none: a page of the database. */
    private static final int LOOKUP = 4096;

    private static final int PORTION = 64 << 10;

    private final Quotas users;
    private final Quotas addresses;
    private final String network;
    private final Quota ofAddress;
    private volatile Quota ofUser;
    private String user;
    /** The bytes that were taken from the address's quota and not used yet. */
    private long portion;

    /** @param address of the peer; if it is empty, the address isn't known, and only the quota of the user counts */
    Allowance(Quotas users, Quotas addresses, String address) {
        this.users = users;
        this.addresses = addresses;
        this.network = ConnectionLimit.network(address);
        this.ofAddress = address.isEmpty() ? null : addresses.hold(network, System.nanoTime());
    }

    /** The network of the peer: of an IPv6 address the first 64 bits. Empty if it isn't known. */
    String network() {
        return network;
    }

    /** The user of the connection is known. Called once. */
    void admitted(String key) {
        user = key;
        ofUser = users.hold(key, System.nanoTime());
    }

    /**
     * Counts a message of the peer.
     *
     * @throws ParleyException with {@code tooFast} if it exceeds a quota; the message isn't counted then
     */
    void send(int bytes) {
        long now = System.nanoTime();
        long cost = bytes + MESSAGE;
        if (!takeOfAddress(cost, now)) {
            throw tooFast("more bytes from this address than may come");
        }
        if (!ofUser.send(cost, now)) {
            throw tooFast("more bytes than one user may send");
        }
        portion -= cost;
    }

    private boolean takeOfAddress(long cost, long now) {
        if (ofAddress == null) {
            portion = cost;
            return true;
        }
        long missing = cost - portion;
        if (missing <= 0) {
            return true;
        }
        for (long more : new long[] {Math.max(missing, PORTION), missing}) {
            if (ofAddress.send(more, now)) {
                portion += more;
                return true;
            }
        }
        return false;
    }

    /** @throws ParleyException with {@code tooFast} if the answers to earlier requests exceed a quota */
    void ask() {
        long now = System.nanoTime();
        if (!ofUser.mayRead(now)) {
            throw tooFast("more was asked for than one user may read");
        }
        if (ofAddress != null && !ofAddress.mayRead(now)) {
            throw tooFast("more was asked for than one address may read");
        }
    }

    /** Whether {@link #ask} would pass now. */
    boolean mayRead() {
        long now = System.nanoTime();
        return ofUser.mayRead(now) && (ofAddress == null || ofAddress.mayRead(now));
    }

    private static ParleyException tooFast(String why) {
        return new ParleyException(ErrorCode.TOO_FAST, why + "; try again later");
    }

    /** Counts the questions about these rooms that the peer has caused by new credentials. */
    void rechecked(int rooms) {
        read((long) rooms * MEMBER);
    }

    /** Counts that the peer asks for an attachment, which may not be there. */
    void looksUp() {
        read(LOOKUP);
    }

    /** Counts an answer that is sent to the peer, if it is of a type that can be large. */
    void sent(ServerMessage answer, int bytes) {
        if (answer instanceof ServerMessage.Joined joined) {
            read(bytes + (long) joined.members().size() * MEMBER);
        } else if (answer instanceof ServerMessage.Fetched fetched) {
            read(bytes + fetched.size() / PARTS);
        } else if (answer instanceof ServerMessage.History || answer instanceof ServerMessage.Watching) {
            read(bytes);
        }
    }

    private void read(long cost) {
        Quota asking = ofUser;
        if (asking == null) {
            return;
        }
        long now = System.nanoTime();
        asking.read(cost, now);
        if (ofAddress != null) {
            ofAddress.read(cost, now);
        }
    }

    /** The connection has ended. Called once. */
    void end() {
        long now = System.nanoTime();
        if (ofAddress != null) {
            ofAddress.giveBack(portion);
            addresses.release(network, now);
        }
        if (user != null) {
            users.release(user, now);
        }
    }
}
