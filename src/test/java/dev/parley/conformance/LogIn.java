package dev.parley.conformance;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Signs in the user whom the build has added to the container, in an HTTP session: {@value #NAME}, who has the role {@code
 * staff}.
 */
@WebServlet("/login")
public class LogIn extends HttpServlet {
    public static final String NAME = "clerk";

    private static final long serialVersionUID = 1L;
    public static final String PASSWORD = "parley";

    /** What an application says in its {@code web.xml} to have users, and to ask for their roles. */
    static final String WEB_XML = """
              <login-config>
                <auth-method>BASIC</auth-method>
              </login-config>
              <security-role>
                <role-name>staff</role-name>
              </security-role>
              <security-role>
                <role-name>editor</role-name>
              </security-role>
            </web-app>
            """;

    /** On Payara the roles are those of the groups that have the same name. */
    static final String GLASSFISH_WEB_XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE glassfish-web-app PUBLIC "-//GlassFish.org//DTD GlassFish Application Server 3.1 Servlet 3.0//EN"
                "http://glassfish.org/dtds/glassfish-web-app_3_0-1.dtd">
            <glassfish-web-app>
              <context-root>/</context-root>
              <security-role-mapping>
                <role-name>staff</role-name>
                <group-name>staff</group-name>
              </security-role-mapping>
              <security-role-mapping>
                <role-name>editor</role-name>
                <group-name>editor</group-name>
              </security-role-mapping>
            </glassfish-web-app>
            """;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        request.getSession(true);
        request.login(NAME, PASSWORD);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
