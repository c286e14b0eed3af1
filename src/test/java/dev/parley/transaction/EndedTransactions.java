package dev.parley.transaction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The transactions of killed processes whose commit or rollback has returned, as their processes have recorded them in a file. Each
 * thread of a process counts its transactions from 0.
 */
record EndedTransactions(Set<String> committed, Map<String, Integer> last) {
    static final String ROLLED_BACK = "rolled back";
    private static final String FILE = "ended";

    /** A transaction, and what it stores and sends. */
    record Name(String thread, int number, boolean isRolledBack) {
        static Name parse(String text) {
            String[] part = text.split(" ", 4);
            return new Name(part[0] + " " + part[1], Integer.parseInt(part[2]), part.length > 3);
        }

        @Override
        public String toString() {
            return thread + " " + number + (isRolledBack ? " " + ROLLED_BACK : "");
        }
    }

    /** Called when the commit or the rollback has returned. Several threads may call it. */
    static void add(Path folder, Name transaction) throws IOException {
        Files.writeString(
                folder.resolve(FILE), transaction + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static EndedTransactions read(Path folder) throws IOException {
        Set<String> committed = new HashSet<>();
        Map<String, Integer> last = new HashMap<>();
        for (String text : Files.readAllLines(folder.resolve(FILE))) {
            Name transaction = Name.parse(text);
            if (!transaction.isRolledBack()) {
                committed.add(text);
            }
            last.put(transaction.thread(), transaction.number());
        }
        return new EndedTransactions(committed, last);
    }

    /** Whether the transaction was the one that its thread had when its process was killed. */
    boolean isCutOff(String text) {
        Name transaction = Name.parse(text);
        return transaction.number() == last.getOrDefault(transaction.thread(), -1) + 1;
    }
}
