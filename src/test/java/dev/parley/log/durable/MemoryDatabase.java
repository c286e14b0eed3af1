package dev.parley.log.durable;

import dev.parley.log.Appended;
import dev.parley.log.Draft;
import dev.parley.log.ErasureScope;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;

/**
 * A database in memory, which fails where the test says so. Whatever has {@code odd} in its id can't be stored. For one
 * thread.
 */
final class MemoryDatabase implements Database {
    static final String ODD = "odd";
    private static final String ODD_ROW = "23000";

    /** What has been stored, in the order of the commits. */
    final List<Appended> stored = new ArrayList<>();

    final List<Mark> marks = new ArrayList<>();
    final List<User> names = new ArrayList<>();
    /** How many drafts each call of {@link Appender#append} had. */
    final List<Integer> appended = new ArrayList<>();
    /** Run in the first call of {@link Appender#append}: what comes meanwhile. */
    Runnable meanwhile = () -> {};

    /** What has begun to be erased. Each is a job of one step. */
    final List<ErasureScope> begun = new ArrayList<>();

    int stepsDone;
    int purges;
    int appenders;
    int commits;
    private final Map<String, Queue<Exception>> failures = new TreeMap<>();
    private boolean commitsAllTheSame;

    /** The next call of this operation fails so. */
    void fails(String operation, Exception how) {
        failures.computeIfAbsent(operation, first -> new ArrayDeque<>()).add(how);
    }

    /** The answer to the next commit is lost, although it took place. */
    void losesAnswer() {
        commitsAllTheSame = true;
        fails("commit", new SQLException("the answer was lost"));
    }

    private void reach(String operation) throws SQLException {
        Queue<Exception> next = failures.getOrDefault(operation, new ArrayDeque<>());
        if (next.peek() instanceof SQLException failure) {
            next.remove();
            throw failure;
        }
        if (next.peek() instanceof RuntimeException failure) {
            next.remove();
            throw failure;
        }
    }

    @Override
    public String epoch() {
        return "an epoch for tests";
    }

    @Override
    public byte[] sessionKey() {
        throw new IllegalStateException("nobody has a session here");
    }

    @Override
    public Appender appender() throws SQLException {
        reach("appender");
        appenders++;
        return new Writing();
    }

    @Override
    public Reader reader() {
        throw new IllegalStateException("nothing is read here");
    }

    @Override
    public boolean concernsOneRow(SQLException failure) {
        return ODD_ROW.equals(failure.getSQLState());
    }

    @Override
    public void checkSpace(Body body) {}

    @Override
    public void close() {}

    private static void checkOdd(String text) throws SQLException {
        if (text.contains(ODD)) {
            throw new SQLException("this one is odd", ODD_ROW);
        }
    }

    private final class Writing implements Appender {
        private final List<Appended> open = new ArrayList<>();
        private final List<Mark> openMarks = new ArrayList<>();
        private final List<User> openNames = new ArrayList<>();

        @Override
        public List<Appended> append(List<Draft> drafts) throws SQLException {
            appended.add(drafts.size());
            Runnable once = meanwhile;
            meanwhile = () -> {};
            once.run();
            reach("append");
            List<Appended> answers = new ArrayList<>();
            for (Draft draft : drafts) {
                checkOdd(draft.id().value());
                Optional<Entry> known = find(draft);
                Appended answer = new Appended(draft, known.orElseGet(() -> next(draft)), known.isPresent());
                answers.add(answer);
                open.add(answer);
            }
            return answers;
        }

        private Entry next(Draft draft) {
            long before = countIn(stored, draft.room()) + countIn(open, draft.room());
            return new Entry(
                    draft.room(),
                    before + 1,
                    draft.id().sendersId(),
                    draft.from().name(),
                    draft.from().id(),
                    Instant.EPOCH,
                    draft.body());
        }

        private long countIn(List<Appended> entries, RoomName room) {
            return entries.stream()
                    .filter(each -> !each.repeated() && each.draft().room().equals(room))
                    .count();
        }

        @Override
        public void put(List<Mark> added) throws SQLException {
            reach("put");
            for (Mark mark : added) {
                checkOdd(mark.user());
            }
            openMarks.addAll(added);
        }

        @Override
        public Swept sweep(Retention retention, long place) throws SQLException {
            reach("sweep");
            return new Swept(0, 0, 0, false, false, Swept.END);
        }

        @Override
        public boolean erase(RoomName room, long seq) throws SQLException {
            reach("erase");
            return false;
        }

        @Override
        public ModerationWriter moderation() {
            throw new IllegalStateException("nobody moderates here");
        }

        @Override
        public ObserverWriter observers() {
            throw new IllegalStateException("nobody observes here");
        }

        @Override
        public Optional<ErasureJob> beginErasure(ErasureScope scope) throws SQLException {
            reach("beginErasure");
            begun.add(scope);
            return Optional.of(new ErasureJob(begun.size(), 0));
        }

        @Override
        public Optional<ErasureStep> eraseNext() throws SQLException {
            reach("eraseNext");
            if (stepsDone == begun.size()) {
                return Optional.empty();
            }
            stepsDone++;
            return Optional.of(new ErasureStep(stepsDone, List.of(), 1, true));
        }

        @Override
        public boolean purge() throws SQLException {
            reach("purge");
            purges++;
            return true;
        }

        @Override
        public void reserve(List<User> users) throws SQLException {
            for (User user : users) {
                checkOdd(user.key());
            }
            openNames.addAll(users);
        }

        @Override
        public void commit() throws SQLException {
            commits++;
            try {
                reach("commit");
            } catch (SQLException e) {
                if (commitsAllTheSame) {
                    commitsAllTheSame = false;
                    store();
                }
                throw e;
            }
            store();
        }

        private void store() {
            stored.addAll(open);
            marks.addAll(openMarks);
            names.addAll(openNames);
            open.clear();
            openMarks.clear();
            openNames.clear();
        }

        @Override
        public void rollback() throws SQLException {
            open.clear();
            openMarks.clear();
            openNames.clear();
            reach("rollback");
        }

        @Override
        public Optional<Entry> find(Draft draft) throws SQLException {
            reach("find");
            List<Appended> all = new ArrayList<>(stored);
            all.addAll(open);
            return all.stream()
                    .filter(each -> each.draft().id().equals(draft.id())
                            && each.draft().from().equals(draft.from())
                            && each.draft().room().equals(draft.room()))
                    .map(Appended::entry)
                    .findFirst();
        }

        @Override
        public void close() throws SQLException {
            open.clear();
            openMarks.clear();
            openNames.clear();
            reach("close");
        }
    }
}
