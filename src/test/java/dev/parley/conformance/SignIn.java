package dev.parley.conformance;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/**
 * An application's own HTTP sessions: {@code /session/in} begins one, {@code /session/out} ends it.
 */
@WebServlet("/session/*")
public class SignIn extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getPathInfo()) {
            case "/in" -> {
                HttpSession session = request.getSession(true);
                session.setMaxInactiveInterval(Integer.parseInt(request.getParameter("seconds")));
                // As at a login, after the session was there.
                request.changeSessionId();
            }
            case "/out" -> request.getSession(false).invalidate();
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }
}
