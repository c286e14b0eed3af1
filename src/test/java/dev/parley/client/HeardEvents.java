package dev.parley.client;

import dev.parley.message.ConnectionState;
import dev.parley.message.Entry;
import dev.parley.message.ServerMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that notes all that it hears, and on which threads. Thread-safe. */
final class HeardEvents implements ChatListener {
    final List<Object> messages = new CopyOnWriteArrayList<>();
    final List<ConnectionState> states = new CopyOnWriteArrayList<>();
    final List<Closed> closed = new CopyOnWriteArrayList<>();
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final List<ServerMessage.Joined> joined = new CopyOnWriteArrayList<>();
    final List<ServerMessage.Left> left = new CopyOnWriteArrayList<>();
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    List<Long> seqs() {
        return messages.stream().map(message -> ((Entry) message).seq()).toList();
    }

    @Override
    public void entry(Entry entry) {
        note(entry);
    }

    @Override
    public void joined(ServerMessage.Joined now) {
        threads.add(Thread.currentThread());
        joined.add(now);
    }

    @Override
    public void left(ServerMessage.Left now) {
        threads.add(Thread.currentThread());
        left.add(now);
    }

    @Override
    public void disconnected(Closed how, Duration pause) {
        threads.add(Thread.currentThread());
        pauses.add(pause);
    }

    @Override
    public void presence(ServerMessage.Presence presence) {
        note(presence);
    }

    @Override
    public void granted(ServerMessage.Granted granted) {
        note(granted);
    }

    @Override
    public void erased(ServerMessage.Erased erased) {
        note(erased);
    }

    @Override
    public void signal(ServerMessage.Signal signal) {
        note(signal);
    }

    @Override
    public void typing(ServerMessage.Typing typing) {
        note(typing);
    }

    @Override
    public void read(ServerMessage.Read read) {
        note(read);
    }

    @Override
    public void bye(ServerMessage.Bye bye) {
        note(bye);
    }

    @Override
    public void error(ServerMessage.Error error) {
        note(error);
    }

    @Override
    public void stateChanged(ConnectionState from, ConnectionState to) {
        threads.add(Thread.currentThread());
        if (states.isEmpty()) {
            states.add(from);
        }
        states.add(to);
    }

    @Override
    public void closed(Closed how) {
        closed.add(how);
    }

    private void note(Object message) {
        threads.add(Thread.currentThread());
        messages.add(message);
    }
}
