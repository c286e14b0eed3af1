package dev.parley.webapp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.webapp.PageFile.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageFileTest {
    private static final byte[] LONG = "let us see; ".repeat(100).getBytes(UTF_8);

    private final PageFile script = PageFile.of("/page.js", LONG);

    @ParameterizedTest
    @ValueSource(
            strings = {"gzip", "GZIP", "deflate, gzip, br", "gzip;q=0.001", "*", "gzip, *;q=0", "br;q=1, gzip ; q=0.5"})
    void aTextIsCompressedForThoseWhoTakeThat(String acceptEncoding) throws IOException {
        Answer answer = script.answer(null, acceptEncoding);

        assertThat(answer.headers()).containsEntry("Content-Encoding", "gzip").containsEntry("Vary", "Accept-Encoding");
        assertThat(answer.body()).hasSizeLessThan(LONG.length);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(in.readAllBytes()).isEqualTo(LONG);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "gzip;q=0.000", "gzip; q=0, *", "*;q=0", "gzipped"})
    void andForNobodyElse(String acceptEncoding) {
        Answer answer = script.answer(null, acceptEncoding);

        assertThat(answer.headers()).doesNotContainKey("Content-Encoding").containsEntry("Vary", "Accept-Encoding");
        assertThat(answer.body()).isEqualTo(LONG);
    }

    @Test
    void whatWouldNotBecomeSmallerIsLeftAsItIs() {
        for (PageFile file :
                new PageFile[] {PageFile.of("/short.js", "1".getBytes(UTF_8)), PageFile.of("/a.png", LONG)}) {
            assertThat(file.answer(null, "gzip").headers()).doesNotContainKeys("Content-Encoding", "Vary");
        }
    }

    @Test
    void bytesThatDifferHaveTagsThatDiffer() {
        String other = tag(PageFile.of("/page.js", "let us see".getBytes(UTF_8)), null);

        assertThat(tag(script, null)).isNotEqualTo(other).isNotEqualTo(tag(script, "gzip"));
    }

    @Test
    void whatTheBrowserHasIsNotSentAgain() {
        String tag = tag(script, "gzip");

        for (String known : new String[] {tag, "W/" + tag, "\"other\", " + tag, "*"}) {
            Answer answer = script.answer(known, "gzip");

            assertThat(answer.status()).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            // RFC 9110 section 15.4.5
            assertThat(answer.headers()).containsEntry("ETag", tag).containsKeys("Vary", "Cache-Control");
        }
    }

    @Test
    void anotherEncodingOfItIs() {
        assertThat(script.answer(tag(script, "gzip"), null).status()).isEqualTo(200);
    }

    private static String tag(PageFile file, String acceptEncoding) {
        return file.answer(null, acceptEncoding).headers().get("ETag");
    }
}
