package dev.parley.conformance;

import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An application's own HTTP sessions: {@code /session/in} begins one, {@code /session/out} ends it, and
 * {@code /session/live} counts those that are left.
 */
@WebServlet("/session/*")
@WebListener
public class SignIn extends HttpServlet implements HttpSessionListener {
    private static final long serialVersionUID = 1L;
    private static final Set<String> LIVE = ConcurrentHashMap.newKeySet();

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
            default -> response.getWriter().print(LIVE.size());
        }
    }

    @Override
    public void sessionCreated(HttpSessionEvent event) {
        LIVE.add(Long.toString(event.getSession().getCreationTime()));
    }

    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        LIVE.remove(Long.toString(event.getSession().getCreationTime()));
    }
}
