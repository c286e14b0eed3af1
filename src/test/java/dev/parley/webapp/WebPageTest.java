package dev.parley.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebPageTest {
    @TempDir
    private Path parent;

    private WebPage page;

    @BeforeEach
    void someFiles() throws IOException {
        Path root = parent.resolve("webapp");
        for (String file : new String[] {
            "webapp/index.html",
            "webapp/page.js",
            "webapp/style.css",
            "webapp/icon.svg",
            "webapp/deep/index.html",
            "webapp/empty-of-index/other.bin",
            "webapp/WEB-INF/web.xml",
            "webapp/META-INF/MANIFEST.MF",
            "secret.txt"
        }) {
            Files.createDirectories(parent.resolve(file).getParent());
            Files.writeString(parent.resolve(file), "in " + file);
        }
        page = WebPage.of(root);
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/index.html, text/html; charset=utf-8",
        "/deep/, text/html; charset=utf-8",
        "/page.js, text/javascript; charset=utf-8",
        "/style.css, text/css; charset=utf-8",
        "/icon.svg, image/svg+xml",
        "/empty-of-index/other.bin, application/octet-stream"
    })
    void aFileHasTheTypeOfItsName(String path, String type) {
        assertThat(page.file(path).orElseThrow().answer(null, null).headers()).containsEntry("Content-Type", type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/web.xml",
                "/META-INF/MANIFEST.MF",
                "/deep/../WEB-INF/web.xml",
                "/../secret.txt",
                "/%2e%2e/secret.txt",
                "/empty-of-index/",
                "/deep",
                "//index.html",
                ""
            })
    void nothingElseIsThere(String path) {
        assertThat(page.file(path)).isEmpty();
    }

    @Test
    void thePageConnectsToThePathOfTheEndpoint() throws IOException {
        Files.writeString(parent.resolve("webapp/address.js"), "");

        WebPage other = WebPage.of(parent.resolve("webapp")).connectingTo("/live/rooms");

        assertThat(other.file("/address.js").orElseThrow().answer(null, null).body())
                .asString()
                .contains("\"live/rooms\"");
        assertThat(page.connectingTo("/live/rooms").file("/address.js")).isEmpty();
    }

    @Test
    void withoutAFolderThereIsNoPage() throws IOException {
        assertThat(WebPage.of(parent.resolve("absent")).file("/")).isEmpty();
    }
}
