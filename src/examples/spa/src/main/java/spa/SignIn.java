package spa;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** {@code POST session} with {@code user} and {@code password} signs in to the container: the answer is 204, or 401. */
@WebServlet("/session")
public class SignIn extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        if (request.getUserPrincipal() != null) {
            request.logout();
        }
        try {
            request.getSession();
            request.login(request.getParameter("user"), request.getParameter("password"));
            request.changeSessionId();
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } catch (ServletException wrong) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        }
    }
}
