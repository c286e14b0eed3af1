package dev.parley.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How long the entries of rooms are kept, by patterns for rooms. The first pattern that matches a room decides about it. A room
 * that no pattern matches keeps its entries for ever. Direct rooms have a rule of their own, {@code @*}; without it, the rule for
 * {@code *} holds for them too. Immutable.
 *
 * <pre>{@code
 *   audit-*: forever; chat-*: 30 days, 100000 entries; @*: 90 days; *: 365 days, 2 GB, attachments 30 days
 * }</pre>
 *
 * @param rules in the order in which they are looked at, at most {@value #MOST}
 * @param direct what direct rooms keep
 */
public record Retention(List<Rule> rules, Keep direct) {
    /** How many rules there may be. */
    public static final int MOST = 100;

    /** Every room keeps its entries for ever. */
    public static final Retention FOREVER = new Retention(List.of());

    private static final String DIRECT_ROOMS = "@*";
    private static final String ALL_ROOMS = "*";
    private static final String EXAMPLE = "chat-*: 30 days, 100000 entries";

    /** What the rooms of one pattern keep. */
    public record Rule(RoomPattern pattern, Keep keep) {}

    /** Without a rule for direct rooms. @throws ParleyException as the other constructor does */
    public Retention(List<Rule> rules) {
        this(rules, ofAllRooms(rules));
    }

    private static Keep ofAllRooms(List<Rule> rules) {
        return rules.stream()
                .filter(rule -> rule.pattern.value().equals(ALL_ROOMS))
                .map(Rule::keep)
                .findFirst()
                .orElse(Keep.FOREVER);
    }

    /** @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if there are too many rules, or no room comes to one of them */
    public Retention {
        rules = List.copyOf(rules);
        Objects.requireNonNull(direct);
        if (rules.size() > MOST) {
            throw ParleyException.badRequest("there may be " + MOST + " rules, but not more");
        }
        for (int i = 0; i < rules.size(); i++) {
            checkReached(rules.get(i), rules.subList(0, i));
        }
    }

    private static void checkReached(Rule rule, List<Rule> before) {
        before.stream()
                .filter(earlier -> earlier.pattern.covers(rule.pattern))
                .findFirst()
                .ifPresent(earlier -> {
                    throw ParleyException.badRequest("no room comes to the rule for '" + rule.pattern
                            + "', because the rule for '" + earlier.pattern
                            + "' stands before it: put special patterns first");
                });
    }

    /**
     * Reads rules from a text. They are separated by semicolons; an empty text has none.
     *
     * @throws ParleyException with {@link ErrorCode#BAD_REQUEST} and a sentence that names the rule and what is wrong in it
     */
    public static Retention parse(String text) {
        List<Rule> rules = new ArrayList<>();
        Keep direct = null;
        for (String part : text.split(";")) {
            String rule = part.strip();
            if (rule.isEmpty()) {
                continue;
            }
            if (!rule.startsWith(DIRECT_ROOMS + ":")) {
                rules.add(rule(rule));
            } else if (direct == null) {
                direct = direct(rule);
            } else {
                throw ParleyException.badRequest("there are two rules for '" + DIRECT_ROOMS + "', the direct rooms");
            }
        }
        return direct == null ? new Retention(rules) : new Retention(rules, direct);
    }

    private static Keep direct(String rule) {
        try {
            return Keep.parse(rule.substring(DIRECT_ROOMS.length() + 1));
        } catch (ParleyException e) {
            throw ParleyException.badRequest("the rule '" + rule + "': " + e.getMessage());
        }
    }

    private static Rule rule(String rule) {
        int colon = rule.indexOf(':');
        if (colon < 0) {
            throw ParleyException.badRequest("the rule '" + rule
                    + "' has no colon: a rule is a pattern for rooms, a colon, and what is kept, such as " + EXAMPLE);
        }
        try {
            RoomPattern pattern = new RoomPattern(rule.substring(0, colon).strip());
            return new Rule(pattern, Keep.parse(rule.substring(colon + 1)));
        } catch (ParleyException e) {
            throw ParleyException.badRequest("the rule '" + rule + "': " + e.getMessage());
        }
    }

    /** What a room keeps. */
    public Keep of(RoomName room) {
        if (room.isDirect()) {
            return direct;
        }
        for (Rule rule : rules) {
            if (rule.pattern.matches(room)) {
                return rule.keep;
            }
        }
        return Keep.FOREVER;
    }

    /** Whether every room keeps its entries for ever. */
    public boolean isForever() {
        return direct.isForever() && rules.stream().allMatch(rule -> rule.keep.isForever());
    }
}
