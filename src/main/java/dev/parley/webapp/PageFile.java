package dev.parley.webapp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** One file of the page, and the answers to requests for it. Immutable. */
public final class PageFile {
    private static final Map<String, String> TEXTS = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "mjs", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "txt", "text/plain; charset=utf-8",
            "json", "application/json",
            "webmanifest", "application/manifest+json",
            "svg", "image/svg+xml");

    private static final Map<String, String> OTHERS =
            Map.of("png", "image/png", "ico", "image/x-icon", "woff2", "font/woff2");

    private static final Pattern NOTHING = Pattern.compile("0(\\.0*)?");

    private final String type;
    private final Form plain;
    private final Optional<Form> compressed;

    private PageFile(String type, Form plain, Optional<Form> compressed) {
        this.type = type;
        this.plain = plain;
        this.compressed = compressed;
    }

    /**
     * The status, the headers and the body of an answer.
     *
     * @param headers including those of {@link PageHeaders}
     */
    public record Answer(int status, Map<String, String> headers, byte[] body) {}

    /** @param tag differs if the bytes differ (RFC 9110 section 8.8.3) */
    private record Form(byte[] bytes, String tag) {}

    /** Whether the file has an ending whose files are sent to browsers unchanged. */
    static boolean isKnown(String name) {
        return TEXTS.containsKey(ending(name)) || OTHERS.containsKey(ending(name));
    }

    static PageFile of(String name, byte[] bytes) {
        Form plain = new Form(bytes, tag(bytes, ""));
        String text = TEXTS.get(ending(name));
        return text == null
                ? new PageFile(OTHERS.getOrDefault(ending(name), "application/octet-stream"), plain, Optional.empty())
                : new PageFile(text, plain, compressed(bytes));
    }

    /**
     * Answers a GET or a HEAD.
     *
     * @param ifNoneMatch the header of this name, or null
     * @param acceptEncoding the header of this name, or null
     */
    public Answer answer(String ifNoneMatch, String acceptEncoding) {
        Map<String, String> headers = new HashMap<>(PageHeaders.headers());
        Form form = compressed.filter(smaller -> takesGzip(acceptEncoding)).orElse(plain);
        headers.put("ETag", form.tag());
        if (compressed.isPresent()) {
            headers.put("Vary", "Accept-Encoding");
        }
        if (names(ifNoneMatch, form.tag())) {
            return new Answer(304, headers, new byte[0]);
        }
        headers.put("Content-Type", type);
        if (form != plain) {
            headers.put("Content-Encoding", "gzip");
        }
        return new Answer(200, headers, form.bytes());
    }

    /** RFC 9110 section 13.1.2, with weak comparison: a proxy that compresses an answer makes its tag weak. */
    private static boolean names(String ifNoneMatch, String tag) {
        return ifNoneMatch != null
                && Stream.of(ifNoneMatch.split(","))
                        .map(String::strip)
                        .anyMatch(each -> each.equals("*") || each.equals(tag) || each.equals("W/" + tag));
    }

    /** RFC 9110 section 12.5.3: a named coding has precedence over the asterisk, and a weight of zero means no. */
    private static boolean takesGzip(String acceptEncoding) {
        boolean any = false;
        String codings = acceptEncoding == null ? "" : acceptEncoding.toLowerCase(Locale.ROOT);
        for (String each : codings.split(",")) {
            String[] parts = each.strip().split("\\s*;\\s*q=", 2);
            boolean welcome = parts.length < 2 || !NOTHING.matcher(parts[1]).matches();
            if (parts[0].equals("gzip")) {
                return welcome;
            }
            any |= parts[0].equals("*") && welcome;
        }
        return any;
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static Optional<Form> compressed(byte[] bytes) {
        ByteArrayOutputStream smaller = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new Smallest(smaller)) {
            out.write(bytes);
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
        return smaller.size() < bytes.length
                ? Optional.of(new Form(smaller.toByteArray(), tag(bytes, "-gzip")))
                : Optional.empty();
    }

    private static String tag(byte[] bytes, String encoding) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return "\"%08x-%x%s\"".formatted(sum.getValue(), bytes.length, encoding);
    }

    /** Takes more time than usual, once at the start. */
    private static final class Smallest extends GZIPOutputStream {
        Smallest(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
