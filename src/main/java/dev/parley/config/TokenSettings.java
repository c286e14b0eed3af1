package dev.parley.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings for tokens. Exactly one of secret, key and keys is set. Immutable. Its text leaves out the secret.
 *
 * @param secret the secret that issuer and server share; or null
 * @param key the file with the public key; or null
 * @param keys the address or the absolute path of a set of public keys; or null
 * @param issuer the required issuer; null for any
 * @param audience the required audience; null for any
 * @param leeway the largest difference between the clocks of issuer and server
 * @param roles the names of the claims with the roles of a user
 */
public record TokenSettings(
        String secret, Path key, String keys, String issuer, String audience, Duration leeway, List<String> roles) {
    private static final List<Setting> KEYS = List.of(Setting.JWT_SECRET, Setting.JWT_KEY, Setting.JWT_JWKS);

    /**
     * The settings for tokens; empty if the server accepts none.
     *
     * @throws SettingsException if two kinds of keys are set, or if an issuer or an audience is set without a key
     */
    static Optional<TokenSettings> of(SettingSource source) {
        List<String> set = KEYS.stream().filter(source::isSet).map(Setting::key).toList();
        if (set.size() > 1) {
            throw new SettingsException("%s and %s are both set, but a token is checked with one of them."
                    .formatted(set.get(0), set.get(1)));
        }
        if (set.isEmpty()) {
            Stream.of(Setting.JWT_ISSUER, Setting.JWT_AUDIENCE)
                    .filter(source::isSet)
                    .findFirst()
                    .ifPresent(rule -> {
                        throw new SettingsException(
                                "%s is set without one of %s, but no token can be checked without a key."
                                        .formatted(
                                                rule.key(),
                                                String.join(
                                                        ", ",
                                                        KEYS.stream()
                                                                .map(Setting::key)
                                                                .toList())));
                    });
            return Optional.empty();
        }
        return Optional.of(new TokenSettings(
                source.text(Setting.JWT_SECRET).orElse(null),
                source.isSet(Setting.JWT_KEY) ? source.path(Setting.JWT_KEY) : null,
                source.isSet(Setting.JWT_JWKS) ? keys(source) : null,
                source.text(Setting.JWT_ISSUER).orElse(null),
                source.text(Setting.JWT_AUDIENCE).orElse(null),
                Duration.ofSeconds(source.number(Setting.JWT_LEEWAY)),
                source.list(Setting.JWT_ROLES)));
    }

    private static String keys(SettingSource source) {
        String text = source.text(Setting.JWT_JWKS).orElseThrow();
        return isAddress(text) ? text : source.path(Setting.JWT_JWKS).toString();
    }

    private static boolean isAddress(String text) {
        return text.regionMatches(true, 0, "http://", 0, 7) || text.regionMatches(true, 0, "https://", 0, 8);
    }

    @Override
    public String toString() {
        return "tokens signed with "
                + Objects.requireNonNullElseGet(keys, () -> key == null ? "a secret" : key.toString());
    }
}
