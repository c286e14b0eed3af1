package dev.parley.conformance;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;

/** A servlet of the application itself, at the path that Parley has by default. */
@WebServlet(name = "own-page", urlPatterns = "/chat/*")
public class OwnPage extends HttpServlet {
    private static final long serialVersionUID = 1L;
}
