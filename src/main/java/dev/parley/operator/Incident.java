package dev.parley.operator;

import dev.parley.message.CloseCode;
import dev.parley.message.ErrorCode;

/**
 * What the operator's log counts: each kind of refusal, and each kind of close with a cause. Nothing that a peer chooses
 * makes a kind, so that their number is fixed.
 */
public enum Incident {
    MALFORMED_REQUEST(Channel.HTTP, "400 or 505: what they sent was no HTTP/1.1 request that every server reads alike"),
    HEAD_TOO_LARGE(Channel.HTTP, "431: its head was larger than the setting parley.limit.head allows"),

    NO_HANDSHAKE(Channel.HANDSHAKE, "they did not ask for a WebSocket"),
    BAD_HANDSHAKE(Channel.HANDSHAKE, "their Sec-WebSocket-Version or Sec-WebSocket-Key was wrong"),
    FOREIGN_ORIGIN(
            Channel.HANDSHAKE,
            "pages of their origin may not connect; the setting parley.origins names pages that may"),
    FOREIGN_HOST(
            Channel.HANDSHAKE,
            "pages came by a host name that is not this server's; the setting parley.hosts names those that are"),
    SERVER_FULL(Channel.HANDSHAKE, "the server has as many connections as the setting parley.connections allows"),
    ADDRESS_FULL(
            Channel.HANDSHAKE,
            "their address has as many connections as the setting parley.connections.address allows"),

    /** 1002, from the container too. */
    PROTOCOL_ERROR(Channel.CONNECTION, "1002: what came was no WebSocket frame"),
    NOT_UTF8(Channel.CONNECTION, "1007: a text was not UTF-8"),
    POLICY(Channel.CONNECTION, "1008: the container's policy"),
    TOO_LARGE(
            Channel.CONNECTION,
            "1009: a message was larger than the setting parley.limit.text or parley.limit.binary allows"),
    INTERNAL(Channel.CONNECTION, "1011: a message of theirs could not be handled"),
    RESTART(Channel.CONNECTION, "1012: this server could not go on with them"),
    TOO_SLOW(
            Channel.CONNECTION,
            "4000: they did not read what was sent (the setting parley.queue), did not complete a message in time, or held"
                    + " most while memory was short (the setting parley.memory)"),
    SILENT(Channel.CONNECTION, "4001: nothing came from them for two heartbeats (the setting parley.heartbeat)"),
    ABUSE(
            Channel.CONNECTION,
            "4400: too many of their messages were errors, or they sent too many pings, pongs or fragments"),
    UNAUTHENTICATED(
            Channel.CONNECTION,
            "4401: they had no good token (settings parley.jwt.*) and guests are kept out (parley.guests), or a token or sign-in ended"),
    FORBIDDEN(Channel.CONNECTION, "4403: they may not be here"),

    TOO_FAST(Channel.REQUEST, "tooFast: they came faster than the setting parley.rate allows, or asked for too much"),
    UNAVAILABLE(Channel.REQUEST, "unavailable: the log could not be written or read");

    final Channel channel;
    final String why;

    Incident(Channel channel, String why) {
        this.channel = channel;
        this.why = why;
    }

    /** A logger of its own, with a name that stays, and how its sentences begin. */
    enum Channel {
        HTTP("dev.parley.refused.http", "refused %d %s with %s", "HTTP request"),
        HANDSHAKE("dev.parley.refused.handshake", "refused %d %s: %s", "handshake"),
        CONNECTION("dev.parley.closed", "closed %d %s with %s", "connection"),
        REQUEST("dev.parley.refused.request", "refused %d %s with %s", "request");

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

    /** What a close with this code is to the operator; null for those without a cause, such as a shutdown. */
    public static Incident of(CloseCode code) {
        return switch (code) {
            case NORMAL, GOING_AWAY, REPLACED -> null;
            case PROTOCOL_ERROR -> PROTOCOL_ERROR;
            case NOT_UTF8 -> NOT_UTF8;
            case POLICY -> POLICY;
            case TOO_LARGE -> TOO_LARGE;
            case INTERNAL -> INTERNAL;
            case RESTART -> RESTART;
            // Handshakes that ran at once with the last one admitted.
            case TRY_LATER -> SERVER_FULL;
            case TOO_SLOW -> TOO_SLOW;
            case SILENT -> SILENT;
            case ABUSE -> ABUSE;
            case UNAUTHENTICATED -> UNAUTHENTICATED;
            case FORBIDDEN -> FORBIDDEN;
        };
    }

    /** What a close by the container or the peer is to the operator, or null for one that needs no one. */
    public static Incident ofContainer(int code) {
        return switch (code) {
            case 1002 -> PROTOCOL_ERROR;
            case 1007 -> NOT_UTF8;
            case 1008 -> POLICY;
            case 1009 -> TOO_LARGE;
            default -> null;
        };
    }

    /** What a refused request is to the operator; null where it concerns nobody but the client. */
    public static Incident of(ErrorCode code) {
        return switch (code) {
            case TOO_FAST -> TOO_FAST;
            case UNAVAILABLE -> UNAVAILABLE;
            default -> null;
        };
    }
}
