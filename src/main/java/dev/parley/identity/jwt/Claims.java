package dev.parley.identity.jwt;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.parley.message.ErrorCode;
import dev.parley.message.Grant;
import dev.parley.message.ParleyException;
import dev.parley.message.RoomPattern;
import dev.parley.message.TokenRooms;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the claims of a token about roles and rooms. Each method throws a {@link ParleyException} with {@code unauthorized}
 * for a token that must be refused. Stateless.
 */
final class Claims {
    static final String ROOMS = "parley_rooms";
    static final int MOST_ROLES = 1_000;
    static final int MOST_ROLE_CHARS = 256;

    private Claims() {}

    /**
     * The roles in all of these claims together. A claim is an array of texts, or one text. Anything else in it is no role:
     * issuers use claims of these names for other things too, and such a token must not be refused. A role that is missing
     * gives less, never more.
     *
     * @param names of claims. Where a token has no claim of that name, {@code a.b} is the member {@code b} of the claim {@code a}
     */
    static Set<String> roles(JWTClaimsSet claims, List<String> names) {
        Set<String> roles = new HashSet<>();
        for (String name : names) {
            Object claim = find(claims.getClaims(), name);
            if (claim == null) {
                continue;
            }
            List<?> list = claim instanceof List<?> several ? several : List.of(claim);
            for (Object role : list) {
                if (role instanceof String text && !text.isEmpty() && text.length() <= MOST_ROLE_CHARS) {
                    roles.add(text);
                }
            }
        }
        if (roles.size() > MOST_ROLES) {
            throw bad("the token has more than " + MOST_ROLES + " roles");
        }
        return roles;
    }

    private static Object find(Map<?, ?> members, String name) {
        Object exact = members.get(name);
        int dot = name.indexOf('.');
        if (exact != null || dot < 0) {
            return exact;
        }
        return members.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(inner, name.substring(dot + 1))
                : null;
    }

    /** The claim about rooms; null for a token without it. A token with a claim of another form is refused. */
    static TokenRooms rooms(JWTClaimsSet claims) {
        if (!claims.getClaims().containsKey(ROOMS)) {
            return null;
        }
        if (!(claims.getClaim(ROOMS) instanceof Map<?, ?> members)) {
            throw bad("the claim " + ROOMS + " must be an object: patterns for rooms, each with its permissions");
        }
        if (members.size() > TokenRooms.MOST) {
            throw bad("the claim " + ROOMS + " has more than " + TokenRooms.MOST + " patterns");
        }
        Map<RoomPattern, Grant> grants = new HashMap<>();
        members.forEach((pattern, words) -> {
            try {
                grants.put(new RoomPattern(pattern.toString()), Grant.ofWords(words(words)));
            } catch (ParleyException e) {
                throw bad(ROOMS + ": " + e.getMessage());
            }
        });
        return new TokenRooms(grants);
    }

    private static List<String> words(Object claim) {
        if (claim instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw ParleyException.badRequest("the permissions of a pattern must be an array of texts");
    }

    private static ParleyException bad(String why) {
        return new ParleyException(ErrorCode.UNAUTHORIZED, why);
    }
}
