package dev.parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java in {@code applications.md} compiles. Behind the fence of most blocks stands a file of the examples, which the build
 * compiles and tests: the lines of the block are lines of this file, in this order. Other blocks are statements.
 */
class SnippetsTest {
    private static final Markdown PAGE = Markdown.named("applications.md");
    private static final Path EXAMPLES = Path.of("src", "examples");
    private static final String JAVA = "java";
    private static final List<String> SHOWN = List.of(
            "shop/Shipping.java",
            "shop/OrderRooms.java",
            "shop/Moderation.java",
            "shop/Invoices.java",
            "shop/News.java",
            "shop/Depot.java",
            "shop/Delivery.java",
            "shop/DeskResource.java",
            "shop/ShopTest.java");

    @TempDir
    private Path folder;

    @Test
    void theBeansOfTheShopAreShown() {
        assertThat(java().map(SnippetsTest::file)).containsAll(SHOWN);
    }

    @TestFactory
    Stream<DynamicTest> eachBlockIsInAnExampleOrCompiles() {
        return java().map(block ->
                DynamicTest.dynamicTest(block.heading() + ": " + block.lines().get(0), () -> assertCompiles(block)));
    }

    private void assertCompiles(Markdown.Block block) throws IOException {
        if (file(block).isEmpty()) {
            assertThat(compile(String.join("\n", block.lines()))).isEmpty();
        } else {
            assertThat(stripped(Files.readAllLines(example(file(block))))).containsSubsequence(stripped(block.lines()));
        }
    }

    private static Stream<Markdown.Block> java() {
        return PAGE.blocks().stream()
                .filter(block -> block.info().equals(JAVA) || block.info().startsWith(JAVA + " "));
    }

    /** Empty if the block is not in an example. */
    private static String file(Markdown.Block block) {
        return block.info().substring(JAVA.length()).strip();
    }

    private static Path example(String name) throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> file.endsWith(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no example has " + name));
        }
    }

    private static List<String> stripped(List<String> lines) {
        return lines.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** What the compiler says about statements of a bean that has a Parley. */
    private String compile(String statements) {
        String source = """
                import dev.parley.*;
                import dev.parley.message.*;
                import java.time.Duration;
                class Snippet {
                    Parley parley;
                    void run() {
                        %s
                    }
                }
                """.formatted(statements);
        JavaFileObject unit =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("-proc:none", "-Xlint:all,-path", "-d", folder.toString(), "-cp", "target/classes"),
                        null,
                        List.of(unit))
                .call();
        return complaints.toString();
    }
}
