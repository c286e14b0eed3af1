package dev.parley.config;

import dev.parley.admission.Origins;
import java.net.URI;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads settings that are addresses. Its methods throw an IllegalArgumentException for a wrong text. Stateless. */
final class Addresses {
    /** Without dots, because the files of the page have them; and without braces, which would be a template. */
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9_-]{1,64}){1,8}");

    private Addresses() {}

    /** The path of the endpoint. */
    static String path(String text) {
        if (!PATH.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    /** An IPv6 address may have brackets, as in a URL. */
    static String host(String text) {
        boolean opens = text.startsWith("[");
        if (opens != text.endsWith("]") || opens && text.indexOf(':') < 0) {
            throw new IllegalArgumentException();
        }
        return opens ? text.substring(1, text.length() - 1) : text;
    }

    /** A browser goes there: an address with another scheme would be a script or a file. */
    static String page(String address) {
        String scheme = URI.create(address).getScheme();
        if (scheme != null && !scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http")) {
            throw new IllegalArgumentException();
        }
        return address;
    }

    static Origins origins(String list) {
        return new Origins(Stream.of(list.split(","))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .collect(Collectors.toUnmodifiableSet()));
    }
}
