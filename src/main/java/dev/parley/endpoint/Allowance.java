package dev.parley.endpoint;

import dev.parley.admission.ConnectionLimit;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import dev.parley.message.ServerMessage;
import dev.parley.security.Quota;
import dev.parley.security.Quotas;

/**
 * What one connection may send and ask for, in bytes: no more than its user and its address may together with all their
 * other connections. {@link #admitted}, {@link #send} and {@link #end} are for one thread at a time, the others for any.
 *
 * <p>The quota of an address is shared by very many connections, so it is asked for a {@value #PORTION} bytes at a time.
 */
final class Allowance {
    /** What a message costs beside its text or bytes: a row of the log has about as much. */
    private static final int MESSAGE = 256;
    /** What a member in the answer to a join costs: its name, and the time of the room's loop, on which others wait. */
    private static final int MEMBER = 256;

    private static final int PORTION = 64 << 10;

    private final Quotas users;
    private final Quotas addresses;
    private final String network;
    private final Quota ofAddress;
    private volatile Quota ofUser;
    private String user;
    /** Taken from the address's quota and not used yet. */
    private long portion;

    /** @param address of the peer; empty where it isn't known, and then only its user counts */
    Allowance(Quotas users, Quotas addresses, String address) {
        this.users = users;
        this.addresses = addresses;
        this.network = ConnectionLimit.network(address);
        this.ofAddress = address.isEmpty() ? null : addresses.hold(network, System.nanoTime());
    }

    /** From which the peer came; of an IPv6 address the first 64 bits. Empty where that isn't known. */
    String network() {
        return network;
    }

    /** It is known whose connection this is. */
    void admitted(String key) {
        user = key;
        ofUser = users.hold(key, System.nanoTime());
    }

    /** @throws ParleyException with {@code tooFast} where a message with so many bytes is too much now; nothing counts then */
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

    /** @throws ParleyException with {@code tooFast} where the answers to earlier requests were more than may be read */
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

    /** An answer is told; where it is one that can be large, it counts. */
    void told(ServerMessage answer, int bytes) {
        long members;
        if (answer instanceof ServerMessage.Joined joined) {
            members = joined.members().size();
        } else if (answer instanceof ServerMessage.History || answer instanceof ServerMessage.Watching) {
            members = 0;
        } else {
            return;
        }
        Quota asking = ofUser;
        if (asking == null) {
            return;
        }
        long now = System.nanoTime();
        long cost = bytes + members * MEMBER;
        asking.read(cost, now);
        if (ofAddress != null) {
            ofAddress.read(cost, now);
        }
    }

    /** The connection is gone. Called once. */
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
