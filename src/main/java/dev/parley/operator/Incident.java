package dev.parley.operator;

import dev.parley.message.CloseCode;
import dev.parley.message.ErrorCode;

/**
 * The kinds of events that the operator's log counts: rejected requests, closed connections with a cause, and deleted
 * messages. No kind depends on a text of a peer, so the number of kinds is fixed.
 */
public enum Incident {
    MALFORMED_REQUEST(Channel.HTTP, "400 or 505: they were malformed or ambiguous, or not HTTP/1.1"),
    HEAD_TOO_LARGE(Channel.HTTP, "431: its head was larger than the setting parley.limit.head allows"),

    NO_HANDSHAKE(Channel.HANDSHAKE, "they did not ask for a WebSocket"),
    BAD_HANDSHAKE(Channel.HANDSHAKE, "their Sec-WebSocket-Version or Sec-WebSocket-Key was wrong"),
    FOREIGN_ORIGIN(
            Channel.HANDSHAKE,
            "pages of their origin may not connect; the setting parley.origins names pages that may"),
    FOREIGN_HOST(
            Channel.HANDSHAKE,
            "pages used a host name that is not this server's; the setting parley.hosts names its host names"),
    SERVER_FULL(Channel.HANDSHAKE, "the server has as many connections as the setting parley.connections allows"),
    ADDRESS_FULL(
            Channel.HANDSHAKE,
            "their address has as many connections as the setting parley.connections.address allows"),

    /** 1002. The container may send it too. */
    PROTOCOL_ERROR(Channel.CONNECTION, "1002: they sent what is no WebSocket frame"),
    NOT_UTF8(Channel.CONNECTION, "1007: they sent a text that was not UTF-8"),
    POLICY(Channel.CONNECTION, "1008: they violated the container's policy"),
    TOO_LARGE(
            Channel.CONNECTION,
            "1009: a message was larger than the setting parley.limit.text or parley.limit.binary allows"),
    INTERNAL(Channel.CONNECTION, "1011: the server could not handle a message of theirs"),
    RESTART(Channel.CONNECTION, "1012: this server could not continue with them"),
    TOO_SLOW(
            Channel.CONNECTION,
            "4000: they read too slowly (the setting parley.queue), did not complete a message in time, or held"
                    + " the most memory while it was short (the setting parley.memory)"),
    SILENT(Channel.CONNECTION, "4001: they sent nothing for two heartbeats (the setting parley.heartbeat)"),
    ABUSE(
            Channel.CONNECTION,
            "4400: too many of their messages were errors, or they sent too many pings, pongs or fragments"),
    UNAUTHENTICATED(
            Channel.CONNECTION,
            "4401: they had no valid credentials (for tokens, the settings parley.jwt.*) and guests are kept out (parley.guests), or a token or sign-in ended"),
    FORBIDDEN(Channel.CONNECTION, "4403: they have no permission to connect"),

    TOO_FAST(
            Channel.REQUEST,
            "tooFast: they were sent faster than the setting parley.rate allows, asked for too much, or exceeded a setting parley.quota.*"),
    UNAVAILABLE(Channel.REQUEST, "unavailable: the log could not be written or read"),

    DELETED(Channel.LOG, "the setting parley.keep does not keep them any longer");

    final Channel channel;
    final String why;

    Incident(Channel channel, String why) {
        this.channel = channel;
        this.why = why;
    }

    /**
     * A group of incidents with a logger of its own, whose name does not change, and with the form of its sentences.
     */
    enum Channel {
        HTTP("dev.parley.refused.http", "refused %d %s with %s", "HTTP request"),
        HANDSHAKE("dev.parley.refused.handshake", "refused %d %s: %s", "handshake"),
        CONNECTION("dev.parley.closed", "closed %d %s with %s", "connection"),
        REQUEST("dev.parley.refused.request", "refused %d %s with %s", "request"),
        LOG("dev.parley.deleted", "deleted %d %s: %s", "message");

        final System.Logger logger;
        private final String sentence;
        private final String noun;

        Channel(String name, String sentence, String noun) {
            this.logger = System.getLogger(name);
            this.sentence = sentence;
            this.noun = noun;
        }

        String sentence(int count, String why) {
            return sentence.formatted(count, count == 1 ? noun : noun + "s", why);
        }
    }

    /** The incident of a close with this code; null for a code without a cause, such as a shutdown. */
    public static Incident of(CloseCode code) {
        return switch (code) {
            case NORMAL, GOING_AWAY, REPLACED -> null;
            case PROTOCOL_ERROR -> PROTOCOL_ERROR;
            case NOT_UTF8 -> NOT_UTF8;
            case POLICY -> POLICY;
            case TOO_LARGE -> TOO_LARGE;
            case INTERNAL -> INTERNAL;
            case RESTART -> RESTART;
            // Handshakes that ran at the same time as the last admitted one.
            case TRY_LATER -> SERVER_FULL;
            case TOO_SLOW -> TOO_SLOW;
            case SILENT -> SILENT;
            case ABUSE -> ABUSE;
            case UNAUTHENTICATED -> UNAUTHENTICATED;
            case FORBIDDEN -> FORBIDDEN;
        };
    }

    /** The incident of a close by the container or the peer; null if the operator need not act. */
    public static Incident ofContainer(int code) {
        return switch (code) {
            case 1002 -> PROTOCOL_ERROR;
            case 1007 -> NOT_UTF8;
            case 1008 -> POLICY;
            case 1009 -> TOO_LARGE;
            default -> null;
        };
    }

    /** The incident of a rejected request; null if it concerns only the client. */
    public static Incident of(ErrorCode code) {
        return switch (code) {
            case TOO_FAST -> TOO_FAST;
            case UNAVAILABLE -> UNAVAILABLE;
            default -> null;
        };
    }
}
