package dev.parley.webapp;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;

/** Answers the requests for {@code address.js} where the endpoint is not at {@code /chat}. Thread-safe. */
public final class AddressFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final transient PageFile file;

    private AddressFilter(String url) {
        this.file = AddressText.file(url);
    }

    /**
     * Puts this filter into an application that starts.
     *
     * @param folder of the module, such as {@code /parley/}
     * @param url of the endpoint, relative to that of the module
     */
    public static void map(ServletContext application, String folder, String url) {
        application
                .addFilter(AddressFilter.class.getName() + " " + folder, new AddressFilter(url))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, folder + AddressText.NAME);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        PageFilter.send(file, request, response);
    }
}
