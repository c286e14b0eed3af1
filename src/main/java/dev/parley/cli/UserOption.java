package dev.parley.cli;

import dev.parley.message.Caller;
import dev.parley.message.CallerId;
import picocli.CommandLine.Option;

/** The options that name a user by its id. */
final class UserOption {
    @Option(
            names = {"-u", "--user"},
            required = true,
            paramLabel = "ID",
            description = {
                "The id of the user: the name that the container has for it, or the claim sub of its token.",
                "Of a guest: the id that the application sees."
            })
    private String id;

    @Option(
            names = "--kind",
            defaultValue = "USER",
            description = "What the id belongs to: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Caller.Kind kind;

    CallerId user() {
        return new CallerId(kind, id);
    }
}
