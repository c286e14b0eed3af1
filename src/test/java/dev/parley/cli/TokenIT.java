package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The command {@code token}, as a user runs it. */
class TokenIT {
    private static final String SECRET = "-Dparley.jwt.secret=a secret of more than thirty-two bytes";

    @Test
    void aTokenHasTheRolesAndRoomsThatAreNamed() throws Exception {
        CommandRun run = CommandRun.parley(
                List.of(SECRET),
                "token",
                "--name=ann",
                "--role=staff",
                "--role=editor",
                "--room=support-*=read,say",
                "--room=lobby=read");

        JWTClaimsSet claims = SignedJWT.parse(run.output().strip()).getJWTClaimsSet();
        assertThat(run.exitCode()).isZero();
        assertThat(claims.getSubject()).isEqualTo("ann");
        assertThat(claims.getClaim("roles")).isEqualTo(List.of("staff", "editor"));
        assertThat(claims.getClaim("parley_rooms"))
                .isEqualTo(Map.of("support-*", List.of("read", "say"), "lobby", List.of("read")));
    }

    @Test
    void whatNoServerWouldTakeIsRefusedWithASentence() throws Exception {
        assertRefused("--room=lobby", "--room needs a pattern and its permissions, such as 'support-*=read,say'");
        assertRefused("--room=lobby=reed", "'reed' is no permission");
        assertRefused("--room=a b=read", "a pattern for rooms must have 1 to 64 characters");
    }

    private static void assertRefused(String option, String sentence) throws Exception {
        CommandRun run = CommandRun.parley(List.of(SECRET), "token", "--name=ann", option);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).startsWith("parley: ").contains(sentence);
    }
}
