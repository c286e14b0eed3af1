package dev.parley.webapp;

import java.nio.charset.StandardCharsets;

/** The page's module {@code address.js}, for any path of the endpoint. Stateless. */
final class AddressText {
    static final String NAME = "address.js";

    private AddressText() {}

    /** @param url of the endpoint, relative to that of the module */
    static PageFile file(String url) {
        String text = "export const defaultAddress = () => new URL(\"%s\", import.meta.url);\n".formatted(url);
        return PageFile.of(NAME, text.getBytes(StandardCharsets.UTF_8));
    }
}
