package dev.parley.access;

import dev.parley.message.Caller;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.Permission;
import dev.parley.message.RoomName;
import dev.parley.message.RoomPattern;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rules of a file: the permissions of callers, by patterns for rooms. Immutable.
 *
 * <pre>
 *   # rooms      who                    what
 *   lobby        everybody              read say
 *   staff-*      role:staff             all
 *   ann-notes    user:ann@example.com   all
 *   *            users                  read
 * </pre>
 *
 * <p>The first pattern that matches a room decides about this room. If several rules have that pattern, a caller has the
 * permissions of all rules that name it. A caller that no such rule names has no permission. So a general pattern at the end
 * opens no room of an earlier pattern. Direct rooms need no permission; the quota of the pattern {@code *} is that of direct rooms too.
 */
final class AccessRules {
    /** How many rules there may be. */
    static final int MOST = 1_000;

    private static final String EXAMPLE =
            "a rule has a pattern for rooms, whom it is about, and what they may do there,"
                    + " such as: lobby users read say";

    private final Map<RoomPattern, List<Rule>> byPattern;
    /** A container is asked about them at each handshake. */
    private final Set<String> roles;

    private record Rule(int line, Who who, Grant grant) {}

    private AccessRules(Map<RoomPattern, List<Rule>> byPattern) {
        this.byPattern = byPattern;
        this.roles = byPattern.values().stream()
                .flatMap(List::stream)
                .map(rule -> rule.who.role())
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** @throws ParleyException with a sentence that names the line */
    static AccessRules parse(String text) {
        Map<RoomPattern, List<Rule>> byPattern = new LinkedHashMap<>();
        int rules = 0;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            try {
                List<String> words = words(line);
                if (!words.isEmpty()) {
                    add(words, number, byPattern);
                    rules++;
                }
            } catch (ParleyException e) {
                throw ParleyException.badRequest("line " + number + ": " + e.getMessage());
            }
            if (rules > MOST) {
                throw ParleyException.badRequest("there are more than " + MOST + " rules");
            }
        }
        if (rules == 0) {
            throw ParleyException.badRequest("there is no rule, so that nobody could be in any room");
        }
        return new AccessRules(byPattern);
    }

    private static void add(List<String> words, int line, Map<RoomPattern, List<Rule>> byPattern) {
        if (words.size() < 3) {
            throw ParleyException.badRequest(EXAMPLE);
        }
        RoomPattern pattern = new RoomPattern(words.get(0));
        Rule rule = new Rule(line, Who.of(words.get(1)), Grant.ofWords(words.subList(2, words.size())));
        List<Rule> same = byPattern.get(pattern);
        if (same == null) {
            byPattern.forEach((before, rules) -> {
                if (before.covers(pattern)) {
                    throw ParleyException.badRequest("no room comes to this rule, because the pattern " + before
                            + " of line " + rules.get(0).line + " matches all of its rooms: move it up");
                }
            });
            same = new ArrayList<>(1);
            byPattern.put(pattern, same);
        }
        same.add(rule);
    }

    /** The words of a line, without its comment. Between quotation marks, spaces and {@code #} are parts of a word. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (!quoted && c == '#') {
                break;
            }
            if (!quoted && Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            if (c == '"') {
                quoted = !quoted;
            } else {
                word.append(c);
            }
        }
        if (quoted) {
            throw ParleyException.badRequest("a quotation mark is missing");
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }

    /** What a caller may do in a room. */
    Grant grant(Caller caller, RoomName room) {
        for (Map.Entry<RoomPattern, List<Rule>> entry : byPattern.entrySet()) {
            if (entry.getKey().matches(room)) {
                return grant(caller, entry.getValue());
            }
        }
        return Grant.none();
    }

    private static Grant grant(Caller caller, List<Rule> rules) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        int quota = 1;
        for (Rule rule : rules) {
            if (rule.who.test().test(caller)) {
                permissions.addAll(rule.grant.permissions());
                quota = Math.max(quota, rule.grant.quota());
            }
        }
        return Grant.of(permissions).withQuota(quota);
    }

    /** How many times the usual quotas a caller has in direct rooms: as many as in all rooms. */
    int quotaInDirectRooms(Caller caller) {
        return grant(caller, byPattern.getOrDefault(RoomPattern.EVERY, List.of()))
                .quota();
    }

    /** The roles that rules name. */
    Set<String> roles() {
        return roles;
    }

    /** How many there are. */
    int count() {
        return byPattern.values().stream().mapToInt(List::size).sum();
    }
}
