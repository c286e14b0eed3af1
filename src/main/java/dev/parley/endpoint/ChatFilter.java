package dev.parley.endpoint;

import dev.parley.admission.Admission;
import dev.parley.admission.Headers;
import dev.parley.transport.HandshakeRequest;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rejects requests to the path of the endpoint that may not become a WebSocket, in servlet containers. {@link ServletEndpoint}
 * puts it there. Thread-safe.
 */
public class ChatFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient Admission admission;

    @Inject
    private transient Entrance entrance;

    private transient LibertyStop liberty;
    private transient GlassFishStop glassFish;

    /**
     * A server without CDI injects nothing, also if the application brings its own CDI (Jetty 12). Without any CDI, it would
     * deploy and answer each handshake with 500.
     */
    @Override
    public void init() throws ServletException {
        if (admission == null || entrance == null) {
            select();
        }
        EndpointPath.refuseUnchecked(getServletContext());
        HttpSessionMark.notifyOfEnds(getServletContext(), entrance.connections().httpSessions());
        liberty = LibertyStop.before(getServletContext(), entrance.connections()::drain);
        glassFish = GlassFishStop.before(getServletContext(), entrance.connections()::drain);
        entrance.operatorLog().serves(getServletContext().getContextPath() + EndpointPath.of(getServletContext()));
    }

    private void select() throws ServletException {
        CDI<Object> beans;
        try {
            beans = CDI.current();
        } catch (IllegalStateException | LinkageError none) {
            throw new ServletException(
                    "Parley cannot start in this server: it needs Jakarta CDI, and there is none. Deploy"
                            + " parley-servlet.war, or add a CDI implementation such as Weld to the server or to the application.",
                    none);
        }
        admission = beans.select(Admission.class).get();
        entrance = beans.select(Entrance.class).get();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = EndpointPath.of(getServletContext());
        String requested = path(request);
        if (path != null && !requested.equals(path)) {
            passOn(requested, request, response, chain);
            return;
        }
        Connections connections = entrance.connections();
        Headers headers = name -> Collections.list(request.getHeaders(name));
        String client = admission.client(request.getRemoteAddr(), headers);
        Optional<Admission.Refusal> refusal = admission.refuse(
                request.getMethod(),
                client,
                admission.secure(request.getRemoteAddr(), request.isSecure(), headers),
                headers);
        if (refusal.isEmpty()) {
            new HandshakeRequest(
                            request,
                            client,
                            HttpSessionMark.mark(request, connections.httpSessions()),
                            roles(request),
                            connections::later)
                    .handle(chain, response);
        } else {
            answer(response, refusal.get());
        }
    }

    /** The path below that of the application. A server may take a path with a slash at its end to the same endpoint. */
    private static String path(HttpServletRequest request) {
        String rest = request.getPathInfo() == null ? "" : request.getPathInfo();
        String path = request.getServletPath() + rest;
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /**
     * The filter can be in front of more than the endpoint, if the application maps it. The request goes on as it came: Payara 6 would
     * upgrade a {@link HandshakeRequest} to a WebSocket of Parley. Where the container has deployed the annotated endpoint, and another
     * path is set, no handshake reaches it.
     */
    private static void passOn(String path, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // A WebSocket over HTTP/2 begins with CONNECT (RFC 8441).
        boolean isHandshake =
                request.getHeader("Upgrade") != null || request.getMethod().equals("CONNECT");
        if (path.equals(ChatEndpoint.PATH) && isHandshake && EndpointPath.hasAnnotated()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** The container can be asked only now: Jakarta WebSocket has no such method, and the request ends with the handshake. */
    private Set<String> roles(HttpServletRequest request) {
        return request.getUserPrincipal() == null
                ? Set.of()
                : entrance.roles().stream().filter(request::isUserInRole).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The application is undeployed. Filters end first, while connections can still be closed in order. WildFly 39 closes
     * them itself before it notifies listeners and beans.
     */
    @Override
    public void destroy() {
        try {
            if (entrance != null) {
                entrance.connections().drain();
            }
        } finally {
            if (liberty != null) {
                liberty.close();
            }
            if (glassFish != null) {
                glassFish.close();
            }
        }
    }

    private static void answer(HttpServletResponse response, Admission.Refusal refusal) throws IOException {
        byte[] body = refusal.sentence().getBytes(StandardCharsets.UTF_8);
        response.setStatus(refusal.status());
        refusal.headers().forEach(response::setHeader);
        // Beside an Upgrade header, Payara 6 does not frame a body. Without this header the client would wait for its
        // end.
        response.setHeader("Connection", "close");
        response.setContentType("text/plain;charset=UTF-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
