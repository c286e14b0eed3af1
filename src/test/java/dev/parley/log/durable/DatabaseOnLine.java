package dev.parley.log.durable;

import dev.parley.log.Appended;
import dev.parley.log.AttachmentPart;
import dev.parley.log.Draft;
import dev.parley.log.ErasureScope;
import dev.parley.log.ModerationRequest;
import dev.parley.log.Page;
import dev.parley.log.Range;
import dev.parley.log.StandingsChange;
import dev.parley.log.UnreadRoom;
import dev.parley.log.User;
import dev.parley.message.Body;
import dev.parley.message.Entry;
import dev.parley.message.Keep;
import dev.parley.message.Retention;
import dev.parley.message.RoomName;
import dev.parley.message.UserName;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A real database behind a line, which can be cut or held up. As thread-safe as these two. */
record DatabaseOnLine(Database real, Line line) implements Database {
    /** Carries calls to the database, and answers back; or not. */
    interface Line {
        /** @param name of the method that is called */
        <T> T carry(String name, Call<T> call) throws SQLException;
    }

    interface Call<T> {
        T run() throws SQLException;
    }

    @Override
    public String epoch() {
        return real.epoch();
    }

    @Override
    public byte[] sessionKey() {
        return real.sessionKey();
    }

    @Override
    public Appender appender() throws SQLException {
        return new AppenderOnLine(line.carry("appender", real::appender), line);
    }

    @Override
    public Reader reader() throws SQLException {
        return new ReaderOnLine(line.carry("reader", real::reader), line);
    }

    @Override
    public boolean concernsOneRow(SQLException failure) {
        return real.concernsOneRow(failure);
    }

    @Override
    public void checkSpace(Body body) {
        real.checkSpace(body);
    }

    @Override
    public void close() {
        real.close();
    }

    private record AppenderOnLine(Appender real, Line line) implements Appender {
        @Override
        public List<Appended> append(List<Draft> drafts) throws SQLException {
            return line.carry("append", () -> real.append(drafts));
        }

        @Override
        public void put(List<Mark> marks) throws SQLException {
            line.carry("put", () -> {
                real.put(marks);
                return null;
            });
        }

        @Override
        public Swept sweep(Retention retention, long place) throws SQLException {
            return line.carry("sweep", () -> real.sweep(retention, place));
        }

        @Override
        public boolean erase(RoomName room, long seq) throws SQLException {
            return line.carry("erase", () -> real.erase(room, seq));
        }

        @Override
        public ObserverWriter observers() {
            return real.observers();
        }

        @Override
        public ModerationWriter moderation() {
            ModerationWriter writing = real.moderation();
            return new ModerationWriter() {
                @Override
                public StandingsChange moderate(ModerationRequest request, Instant now) throws SQLException {
                    return line.carry("moderate", () -> writing.moderate(request, now));
                }

                @Override
                public void keep(User by, RoomName room, Keep keep, Instant now) throws SQLException {
                    line.carry("keep", () -> {
                        writing.keep(by, room, keep, now);
                        return null;
                    });
                }

                @Override
                public void check(ModerationRequest request, Instant now) throws SQLException {
                    line.carry("check", () -> {
                        writing.check(request, now);
                        return null;
                    });
                }

                @Override
                public Tidied tidy(Instant now) throws SQLException {
                    return line.carry("tidy", () -> writing.tidy(now));
                }
            };
        }

        @Override
        public Optional<ErasureJob> beginErasure(ErasureScope scope) throws SQLException {
            return line.carry("beginErasure", () -> real.beginErasure(scope));
        }

        @Override
        public Optional<ErasureStep> eraseNext() throws SQLException {
            return line.carry("eraseNext", real::eraseNext);
        }

        @Override
        public boolean purge() throws SQLException {
            return line.carry("purge", real::purge);
        }

        @Override
        public void reserve(List<User> users) throws SQLException {
            line.carry("reserve", () -> {
                real.reserve(users);
                return null;
            });
        }

        @Override
        public void commit() throws SQLException {
            line.carry("commit", () -> {
                real.commit();
                return null;
            });
        }

        @Override
        public void rollback() throws SQLException {
            line.carry("rollback", () -> {
                real.rollback();
                return null;
            });
        }

        @Override
        public Optional<Entry> find(Draft draft) throws SQLException {
            return line.carry("find", () -> real.find(draft));
        }

        @Override
        public void close() throws SQLException {
            real.close();
        }
    }

    private record ReaderOnLine(Reader real, Line line) implements Reader {
        @Override
        public Page page(RoomName room, Range range) throws SQLException {
            return line.carry("page", () -> real.page(room, range));
        }

        @Override
        public Page references(RoomName room, Range range) throws SQLException {
            return line.carry("references", () -> real.references(room, range));
        }

        @Override
        public Optional<AttachmentPart> attachment(RoomName room, long seq, long offset, int length)
                throws SQLException {
            return line.carry("attachment", () -> real.attachment(room, seq, offset, length));
        }

        @Override
        public boolean isStored(RoomName room, String user, String id) throws SQLException {
            return line.carry("isStored", () -> real.isStored(room, user, id));
        }

        @Override
        public Map<String, Long> marks(RoomName room) throws SQLException {
            return line.carry("marks", () -> real.marks(room));
        }

        @Override
        public ModerationReader moderation() {
            return real.moderation();
        }

        @Override
        public ObserverReader observers() {
            return real.observers();
        }

        @Override
        public List<UnreadRoom> unread(String user) throws SQLException {
            return line.carry("unread", () -> real.unread(user));
        }

        @Override
        public void names(Consumer<UserName> each) throws SQLException {
            line.carry("names", () -> {
                real.names(each);
                return null;
            });
        }

        @Override
        public void close() throws SQLException {
            real.close();
        }
    }
}
