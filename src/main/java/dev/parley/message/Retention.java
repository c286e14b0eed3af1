package dev.parley.message;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long the entries of rooms are kept, by patterns for rooms. The first pattern that matches a room decides about it. A room
 * that no pattern matches keeps its entries for ever. Immutable.
 *
 * <pre>{@code
 *   audit-*: forever; chat-*: 30 days, 100000 entries; *: 365 days, 2 GB
 * }</pre>
 *
 * @param rules in the order in which they are looked at, at most {@value #MOST}
 */
public record Retention(List<Rule> rules) {
    /** How many rules there may be. */
    public static final int MOST = 100;

    /** Every room keeps its entries for ever. */
    public static final Retention FOREVER = new Retention(List.of());

    private static final String EXAMPLE = "chat-*: 30 days, 100000 entries";

    /** What the rooms of one pattern keep. */
    public record Rule(RoomPattern pattern, Keep keep) {}

    /** @throws ParleyException with {@link ErrorCode#BAD_REQUEST} if there are too many rules, or no room comes to one of them */
    public Retention {
        rules = List.copyOf(rules);
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
        for (String rule : text.split(";")) {
            if (!rule.isBlank()) {
                rules.add(rule(rule.strip()));
            }
        }
        return new Retention(rules);
    }

    private static Rule rule(String rule) {
        int colon = rule.indexOf(':');
        if (colon < 0) {
            throw ParleyException.badRequest("the rule '" + rule
                    + "' has no colon: a rule is a pattern for rooms, a colon, and what is kept, such as " + EXAMPLE);
        }
        try {
            RoomPattern pattern = new RoomPattern(rule.substring(0, colon).strip());
            return new Rule(pattern, keep(rule.substring(colon + 1).strip()));
        } catch (ParleyException e) {
            throw ParleyException.badRequest("the rule '" + rule + "': " + e.getMessage());
        }
    }

    private static Keep keep(String text) {
        if (text.equals("forever")) {
            return Keep.FOREVER;
        }
        KeepText bounds = new KeepText();
        Stream.of(text.split(",", -1)).map(String::strip).forEach(bounds::add);
        return bounds.keep();
    }

    /** What a room keeps. */
    public Keep of(RoomName room) {
        for (Rule rule : rules) {
            if (rule.pattern.matches(room)) {
                return rule.keep;
            }
        }
        return Keep.FOREVER;
    }

    /** Whether every room keeps its entries for ever. */
    public boolean isForever() {
        return rules.stream().allMatch(rule -> rule.keep.equals(Keep.FOREVER));
    }
}
