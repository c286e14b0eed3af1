package dev.parley.cli;

import dev.parley.config.Settings;
import dev.parley.config.SettingsException;
import dev.parley.config.TokenSettings;
import dev.parley.identity.jwt.Mint;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a token to try out a server with. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a token that a server takes which has the same parley.jwt.secret.",
            "parley.jwt.issuer and parley.jwt.audience stand in it where they are set."
        })
final class TokenCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description =
                    "Who the user is (the claim sub), and the name that others see unless --shown says another one.")
    private String name;

    @Option(names = "--shown", paramLabel = "NAME", description = "The name that others see.")
    private String shown;

    @Option(
            names = "--seconds",
            defaultValue = "3600",
            paramLabel = "SECONDS",
            description = "For how long it is good, from 1 on; ${DEFAULT-VALUE} by default.")
    private int seconds;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "A role of the user; may be given several times. It stands in the first claim of"
                    + " parley.jwt.roles.")
    private List<String> roles = List.of();

    @Option(
            names = "--room",
            paramLabel = "PATTERN=PERMISSIONS",
            description = {
                "What the user may do in rooms, such as 'support-*=read,say'; may be given several times.",
                "With it the user may do nothing in other rooms. Permissions are read, say, attach and all; quota:10 gives ten times the quotas."
            })
    private List<String> rooms = List.of();

    @Override
    public Integer call() {
        TokenSettings tokens = Settings.ofSystem()
                .tokens()
                .filter(set -> set.secret() != null)
                .orElseThrow(
                        () -> new SettingsException("parley.jwt.secret is not set: there is nothing to sign with."));
        if (seconds < 1 || name.isBlank()) {
            throw new SettingsException("A token needs a name, and at least one second.");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(new Mint(tokens.secret(), tokens.issuer(), tokens.audience())
                .token(name, shown == null ? name : shown, Duration.ofSeconds(seconds), claims(tokens)));
        out.flush();
        return 0;
    }

    private Map<String, Object> claims(TokenSettings tokens) {
        Map<String, Object> claims = new HashMap<>();
        if (!roles.isEmpty()) {
            String claim = tokens.roles().stream()
                    .findFirst()
                    .orElseThrow(() -> new SettingsException("parley.jwt.roles names no claim for the roles."));
            claims.put(claim, roles);
        }
        if (!rooms.isEmpty()) {
            Map<String, List<String>> byPattern = new LinkedHashMap<>();
            for (String room : rooms) {
                int sign = room.indexOf('=');
                if (sign < 0) {
                    throw new SettingsException(
                            "--room needs a pattern and its permissions, such as 'support-*=read,say'.");
                }
                byPattern
                        .computeIfAbsent(room.substring(0, sign), pattern -> new ArrayList<>())
                        .addAll(List.of(room.substring(sign + 1).split(",")));
            }
            claims.putAll(Mint.rooms(byPattern));
        }
        return claims;
    }
}
