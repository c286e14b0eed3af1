package spa;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** {@code GET token} is a token for the signed-in user, or 401. The token says in which rooms the user may do what. */
@WebServlet("/token")
public class Token extends HttpServlet {
    private static final long serialVersionUID = 1L;
    /** The client of the page gets the next token before this one expires. */
    private static final Duration AGE = Duration.ofMinutes(5);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Principal user = request.getUserPrincipal();
        if (user == null) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(user.getName())
                .audience("spa")
                .expirationTime(Date.from(Instant.now().plus(AGE)))
                .claim("parley_rooms", Map.of("team", List.of("read", "say")))
                .build();
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("text/plain");
        response.getWriter().print(sign(claims));
    }

    private static String sign(JWTClaimsSet claims) throws ServletException {
        try {
            SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(secret().getBytes(StandardCharsets.UTF_8)));
            return token.serialize();
        } catch (JOSEException e) {
            throw new ServletException(e);
        }
    }

    /** The secret is known to the server, and not in the archive. The settings of Parley in this application name the same place. */
    private static String secret() throws ServletException {
        String secret = System.getProperty("spa.secret", System.getenv("SPA_SECRET"));
        if (secret == null) {
            throw new ServletException("set spa.secret, or SPA_SECRET: a text of 32 bytes or more");
        }
        return secret;
    }
}
