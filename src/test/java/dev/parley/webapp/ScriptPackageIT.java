package dev.parley.webapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.Command;
import dev.parley.testing.Needs;
import dev.parley.testing.Readme;
import dev.parley.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The package for npm, installed and used in a project that has nothing else of Parley. */
@Timeout(120)
class ScriptPackageIT {
    /** Below a folder that is named after its version. */
    private static final Path WS = Path.of("target", "ws", "META-INF", "resources", "webjars", "ws");

    private static final String STRICT = """
            {
              "compilerOptions": {
                "noEmit": true,
                "strict": true,
                "target": "es2022",
                "module": "nodenext",
                "lib": ["es2022", "dom"],
                "types": []
              },
              "include": ["*.mts", "*.d.ts"]
            }
            """;

    /** Enough of the types of ws, which are in a package of their own. */
    private static final String TYPES_OF_WS = """
            declare module "ws" {
              type Address = string | URL;
              class WebSocket {
                constructor(address: null);
                constructor(address: Address, options?: { timeout?: number });
                constructor(address: Address, protocols?: string | string[], options?: { timeout?: number });
                binaryType: "nodebuffer" | "arraybuffer" | "fragments";
                readonly bufferedAmount: number;
                onopen: ((event: { type: string }) => void) | null;
                onmessage: ((event: { data: string | ArrayBuffer }) => void) | null;
                onclose: ((event: { code: number; reason: string; wasClean: boolean }) => void) | null;
                onerror: ((event: { message: string }) => void) | null;
                send(data: string | Uint8Array, done?: (error?: Error) => void): void;
                close(code?: number, data?: string | Uint8Array): void;
              }
            }
            """;

    private static final String MISTAKES = """
            import { ParleyClient } from "parley-client";

            const client = new ParleyClient("ws://127.0.0.1/chat");
            // @ts-expect-error no such event
            client.addEventListener("message", () => {});
            // @ts-expect-error a number
            client.addEventListener("entry", ({ detail }) => detail.seq.length);
            // @ts-expect-error perhaps there is none
            client.addEventListener("entry", ({ detail }) => detail.text.length);
            // @ts-expect-error no WebSocket
            new ParleyClient("ws://127.0.0.1/chat", { WebSocket: Date });
            client.wire.addEventListener("control", ({ detail }) => detail.rtt?.toFixed());
            new ParleyClient("ws://127.0.0.1/chat", { WebSocket });
            """;

    @TempDir
    private Path project;

    @BeforeAll
    static void needsNode() {
        Script.assumePossible();
        Needs.that(hasNpm(), "the package for npm", "npm");
    }

    @Test
    void theProgramInTheReadmeTalksToAServerOverAWebSocketOfItsOwn() throws IOException {
        install();
        copy(WS, project.resolve("node_modules/ws"));
        try (ServerProcess server = ServerProcess.start()) {
            Path program = project.resolve("program.mjs");
            Files.writeString(
                    program,
                    program().replace("ws://127.0.0.1:8080/chat", server.chat().toString()));
            assertThat(Command.run("node", program.toString()))
                    .contains("1 ann The roses are out", "on the disk as number 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"typescript", "typescript-oldest"})
    void strictTypesTakeTheProgramInTheReadmeAndFindMistakes(String compiler) throws IOException, InterruptedException {
        install();
        Files.writeString(project.resolve("program.mts"), program());
        Files.writeString(project.resolve("mistakes.mts"), MISTAKES);
        Files.writeString(project.resolve("ws.d.ts"), TYPES_OF_WS);
        Files.writeString(project.resolve("tsconfig.json"), STRICT);
        ScriptTypesIT.assertTyped(Path.of("target", compiler), project);
    }

    private static String program() throws IOException {
        return Readme.example("ts", "parley-client");
    }

    private void install() throws IOException {
        Files.writeString(project.resolve("package.json"), "{\"private\":true}");
        Command.run(
                "npm",
                "--prefix",
                project.toString(),
                "install",
                "--offline",
                "--no-audit",
                "--no-fund",
                packed().toAbsolutePath().toString());
    }

    /** Named after its version. */
    private static Path packed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches("parley-client-.*\\.tgz"))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static void copy(Path versions, Path target) throws IOException {
        try (Stream<Path> files = Files.walk(versions)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path relative = versions.relativize(file);
                Path copy = target.resolve(
                        relative.subpath(1, relative.getNameCount()).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static boolean hasNpm() {
        try {
            return !Command.run("npm", "--version").isEmpty();
        } catch (UncheckedIOException absent) {
            return false;
        }
    }
}
