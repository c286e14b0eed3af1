package dev.parley.security;

import dev.parley.message.ParleyException;
import dev.parley.message.UserName;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues the texts with which clients return as the same user, and checks them. Thread-safe.
 *
 * <pre>
 *   ps1 . random bits . time of issue . HMAC-SHA256 of all the rest . name, if any
 *         22 chars      base 36, ms     43 chars
 * </pre>
 *
 * <p>The text alone identifies the user: the server keeps no table of sessions, and a restart changes nothing. A text
 * is valid for a limited time after its issue. Each return issues a new text. After a newer text of a session was used,
 * the older ones stay valid for {@link #GRACE}, for connections that began at the same time. The server keeps the last
 * used text only in memory. So after a restart, or after {@value #REMEMBERED} other sessions returned, an older text is
 * valid again until it is too old.
 */
public final class Sessions {
    /** How long an older text stays valid after the first use of a newer one. */
    static final Duration GRACE = Duration.ofMinutes(1);
    /** The number of sessions whose newest used text is kept, about 200 bytes each. */
    static final int REMEMBERED = 100_000;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String START = "ps1\\.[A-Za-z0-9_-]{22}\\.";
    private static final Pattern FORM =
            Pattern.compile("(ps1)\\.([A-Za-z0-9_-]{22})\\.([0-9a-z]{1,12})\\.([A-Za-z0-9_-]{43})(?:\\.(.+))?");
    private static final Pattern SOMEWHERE = Pattern.compile(START);

    private final SecretKeySpec key;
    private final Duration age;
    private final InstantSource clock;
    private final Map<String, Use> newest = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Use> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * The newest used text of a session: its time of issue and the time of its first use, in milliseconds since 1970.
     */
    private record Use(long issued, long since) {}

    /**
     * @param key 32 bytes that only the servers of this log know
     * @param age how long a text is valid
     */
    public Sessions(byte[] key, Duration age, InstantSource clock) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.age = age;
        this.clock = clock;
    }

    /** A new session. */
    public SessionSecret create() {
        return SessionSecret.create(clock.millis());
    }

    /**
     * The session of a client that has no text yet, computed from a secret that the client made. Without such a secret
     * it is a new session. So a client whose first {@code welcome} was lost returns to the same session, even after a
     * restart of the server.
     *
     * <p>The session is computed from the nonce and the key, so the server stores nothing for it, and nobody can fill
     * its memory. A nonce ends in two ways. Like an older text, it stays valid for {@link #GRACE} after a text of its
     * session was used. And time is divided into spans as long as the age of a text: in the next span, the same nonce
     * makes another session. A client that loses its connection just before the next span begins is a new guest.
     *
     * @param nonce may be null
     */
    public SessionSecret create(String nonce) {
        if (nonce == null) {
            return create();
        }
        long now = clock.millis();
        SessionSecret session = SessionSecret.of(hash("nonce." + now / age.toMillis() + "." + nonce), now);
        return isUsed(session.id(), now) ? create() : session;
    }

    /**
     * The session of a text that this server, or an earlier one on the same log, issued. Empty for any other text, for
     * a text that is too old, and for a text that a newer one replaced.
     *
     * @param text may be null
     */
    public Optional<SessionSecret> resume(String text) {
        if (text == null) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String id = form.group(2);
        String time = form.group(3);
        String name = form.group(5);
        if (!MessageDigest.isEqual(ascii(mac(id, time, name)), ascii(form.group(4)))) {
            return Optional.empty();
        }
        long issued = Long.parseLong(time, 36);
        long now = clock.millis();
        // A text from the future is rejected too: a clock that was wrong once must not make texts that are valid for
        // years.
        if (Math.abs(now - issued) > age.toMillis() || isReplaced(id, issued, now)) {
            return Optional.empty();
        }
        return Optional.of(new SessionSecret(id, name(name), Math.max(now, issued + 1)));
    }

    /** The text for a session that continues under this name: at most 208 characters. */
    public String issue(SessionSecret session, UserName name) {
        String time = Long.toString(session.issued(), 36);
        String start = "ps1." + session.id() + "." + time + "." + mac(session.id(), time, name.value());
        return start + "." + name;
    }

    /** Whether {@code text} contains the text of a session, of this server or of any other. */
    public static boolean appearIn(String text) {
        return text.contains("ps1.") && SOMEWHERE.matcher(text).find();
    }

    private synchronized boolean isReplaced(String id, long issued, long now) {
        Use use = newest.get(id);
        if (use == null || use.issued < issued) {
            newest.put(id, new Use(issued, now));
            return false;
        }
        return issued < use.issued && now - use.since > GRACE.toMillis();
    }

    private synchronized boolean isUsed(String id, long now) {
        Use use = newest.get(id);
        return use != null && now - use.since > GRACE.toMillis();
    }

    private String mac(String id, String time, String name) {
        byte[] hash = hash("ps1." + id + "." + time + (name == null ? "" : "." + name));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    private byte[] hash(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** A name that today's rules for names do not allow is dropped; the session stays valid. */
    private static UserName name(String text) {
        try {
            return text == null ? null : new UserName(text);
        } catch (ParleyException noName) {
            return null;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
