package dev.parley.webapp;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers the requests for the files of the page in servlet containers, answers 404 for private folders of the archive,
 * sends a user of the container from {@code /signed-in} to the page, and passes all other requests on. Thread-safe.
 *
 * <p>The container can't do this: WildFly 39 sends no {@code ETag}, and its {@code Last-Modified} is the time in the
 * archive, which is the same in each version of a reproducible build. So browsers would keep the scripts of an earlier
 * version.
 *
 * <p>It has no annotation, because the WAR's {@code web.xml} registers it: an application that includes only the
 * classes keeps its own pages with its own headers.
 */
public class PageFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** An application can have this path protected by its container. Then each request that gets here has a user. */
    private static final String SIGNED_IN = "/signed-in";

    private transient WebPage page;

    @Override
    public void init() throws ServletException {
        Map<String, byte[]> contents = new HashMap<>();
        try {
            collect("/", contents);
        } catch (IOException e) {
            throw new ServletException(e);
        }
        page = WebPage.of(contents);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!WebPage.isForAnyone(path(request))) {
            // The launcher's classes are at the root of the archive, where containers serve every file.
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (path(request).equals(SIGNED_IN) && request.getUserPrincipal() != null) {
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", "./");
            response.setHeader("Cache-Control", "no-store");
            return;
        }
        Optional<PageFile> file =
                request.getMethod().equals("HEAD") || request.getMethod().equals("GET")
                        ? page.file(path(request))
                        : Optional.empty();
        if (file.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        send(file.get(), request, response);
    }

    /** Answers a GET or a HEAD with a file. */
    static void send(PageFile file, HttpServletRequest request, HttpServletResponse response) throws IOException {
        PageFile.Answer answer = file.answer(request.getHeader("If-None-Match"), request.getHeader("Accept-Encoding"));
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (answer.status() == HttpServletResponse.SC_OK) {
            response.setContentLength(answer.body().length);
            if (!request.getMethod().equals("HEAD")) {
                response.getOutputStream().write(answer.body());
            }
        }
    }

    private static String path(HttpServletRequest request) {
        return request.getPathInfo() == null
                ? request.getServletPath()
                : request.getServletPath() + request.getPathInfo();
    }

    /**
     * Paths that end with a slash are folders. Files of unknown kinds, such as JSPs, are left to the container, and so are pages that
     * somebody has added: the headers of Parley's page forbid forms, and Jetty gets a login form through this filter.
     */
    private void collect(String folder, Map<String, byte[]> contents) throws IOException {
        ServletContext context = getServletContext();
        Set<String> paths = context.getResourcePaths(folder);
        for (String path : paths == null ? Set.<String>of() : paths) {
            if (path.endsWith("/") && WebPage.isForAnyone(path)) {
                collect(path, contents);
            } else if (PageFile.isKnown(path) && !WebPage.isOtherPage(path)) {
                try (InputStream in = context.getResourceAsStream(path)) {
                    contents.put(path, in.readAllBytes());
                }
            }
        }
    }
}
