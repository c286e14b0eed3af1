package dev.parley.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;

/**
 * What a WebSocket of Open Liberty reads from: the frames that have passed the gate. It stands for the read context of the TCP
 * connection, and for the callbacks that are given to it. Liberty reads once at a time, and gets each result before it reads again.
 *
 * <pre>
 *   WebSocket ── read(callback) ──▶ this ── read(own callback) ──▶ TCP
 *             ◀── complete ── {@link FrameGate} ◀── complete ──────┘ ▲
 *                                  └── nothing has passed: read ─────┘
 * </pre>
 *
 * <p>Applications can't see Liberty's interfaces, so they are implemented and called by reflection.
 */
final class LibertyInput {
    private static final int CALLBACK = 1;
    private static final int FORCE_QUEUE = 2;
    /** Liberty's name for the timeout that cancels a read. */
    private static final int IMMED_TIMEOUT = -2;

    private final Object webSocket;
    private final Field status;
    private final Object tcp;
    /** Liberty's pool. */
    private final Object buffers;

    private final FrameGate gate;
    private final Interfaces liberty;
    private final Object gated;

    /** The methods of Liberty's channel framework. */
    private record Interfaces(
            Class<?> context,
            Class<?> callback,
            Method getBuffer,
            Method setBuffer,
            Method wrap,
            Method flip,
            Method remaining,
            Method get,
            Method clear,
            Method position,
            Method release,
            Method complete) {
        static Interfaces of(ClassLoader loader) throws ReflectiveOperationException {
            Class<?> context = Class.forName("com.ibm.wsspi.tcpchannel.TCPReadRequestContext", false, loader);
            Class<?> callback = Class.forName("com.ibm.wsspi.tcpchannel.TCPReadCompletedCallback", false, loader);
            Class<?> buffer = Class.forName("com.ibm.wsspi.bytebuffer.WsByteBuffer", false, loader);
            Class<?> pool = Class.forName("com.ibm.wsspi.bytebuffer.WsByteBufferPoolManager", false, loader);
            return new Interfaces(
                    context,
                    callback,
                    context.getMethod("getBuffer"),
                    context.getMethod("setBuffer", buffer),
                    pool.getMethod("wrap", byte[].class),
                    buffer.getMethod("flip"),
                    buffer.getMethod("remaining"),
                    buffer.getMethod("get", byte[].class),
                    buffer.getMethod("clear"),
                    buffer.getMethod("position", int.class),
                    buffer.getMethod("release"),
                    callback.getMethod(
                            "complete",
                            Class.forName("com.ibm.wsspi.channelfw.VirtualConnection", false, loader),
                            context));
        }
    }

    private LibertyInput(Object webSocket, Object tcp, FrameGate gate, Interfaces liberty)
            throws ReflectiveOperationException {
        this.webSocket = webSocket;
        this.status = webSocket.getClass().getField("readLinkStatus");
        this.buffers = webSocket.getClass().getMethod("getBufferManager").invoke(webSocket);
        this.tcp = tcp;
        this.gate = gate;
        this.liberty = liberty;
        this.gated = proxy(liberty.context, this::context);
    }

    /**
     * Makes the context that a WebSocket uses instead of {@code tcp}.
     *
     * @param webSocket a WsocConnLink
     * @param loader sees the interfaces
     */
    static Object of(Object webSocket, Object tcp, FrameGate gate, ClassLoader loader)
            throws ReflectiveOperationException {
        return new LibertyInput(webSocket, tcp, gate, Interfaces.of(loader)).gated;
    }

    private static Object proxy(Class<?> type, InvocationHandler handler) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    /** A method of the context. One of the two that read has a callback. */
    private Object context(Object self, Method method, Object[] arguments) throws Throwable {
        if (arguments != null && arguments.length > CALLBACK && liberty.callback.isInstance(arguments[CALLBACK])) {
            Object[] own = arguments.clone();
            // Otherwise a read whose bytes are there already would call nobody back.
            own[FORCE_QUEUE] = true;
            own[CALLBACK] = new Read(method, own, arguments[CALLBACK]).proxy();
            return call(method, tcp, own);
        }
        return call(method, tcp, arguments);
    }

    /** Whether the WebSocket has cancelled the read, to close. */
    private boolean wantsToClose() throws ReflectiveOperationException {
        return status.get(webSocket).toString().startsWith("CLOSE_REQUESTED");
    }

    private static Object call(Method method, Object on, Object... arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** One read of the WebSocket, which can be several of the TCP connection. */
    private final class Read {
        private final Method read;
        /** Of the method, with the proxy as the callback. */
        private final Object[] arguments;
        /** Of the WebSocket. */
        private final Object callback;

        Read(Method read, Object[] arguments, Object callback) {
            this.read = read;
            this.arguments = arguments;
            this.callback = callback;
        }

        Object proxy() {
            return LibertyInput.proxy(liberty.callback, this::callback);
        }

        /** A method of the callback: {@code complete}, {@code error}, or one of Object. */
        private Object callback(Object self, Method method, Object[] given) throws Throwable {
            if (given == null || given.length <= CALLBACK) {
                return call(method, callback, given);
            }
            given[CALLBACK] = gated;
            if (method.equals(liberty.complete) && gate.endpoint() != null && !pass()) {
                call(read, tcp, arguments);
                if (wantsToClose()) {
                    // Perhaps it has cancelled the read before this one, and waits for an answer.
                    call(read, tcp, 1L, null, true, IMMED_TIMEOUT);
                }
                return null;
            }
            return call(method, callback, given);
        }

        /**
         * Replaces the bytes that have come by those that pass.
         *
         * @return false if none do, and the buffer is empty again. But if the WebSocket waits for the end of the read, it gets it
         */
        private boolean pass() throws Throwable {
            Object buffer = call(liberty.getBuffer, tcp);
            ByteBuffer passed = passed(buffer);
            if (!passed.hasRemaining() && !wantsToClose()) {
                call(liberty.clear, buffer);
                return false;
            }
            call(liberty.release, buffer);
            Object other = call(liberty.wrap, buffers, (Object) passed.array());
            // As after a read: its reader flips it.
            call(liberty.position, other, passed.limit());
            call(liberty.setBuffer, tcp, other);
            return true;
        }

        private ByteBuffer passed(Object buffer) throws Throwable {
            call(liberty.flip, buffer);
            byte[] came = new byte[(int) call(liberty.remaining, buffer)];
            call(liberty.get, buffer, (Object) came);
            ByteArrayOutputStream passed = new ByteArrayOutputStream(came.length);
            gate.pass(ByteBuffer.wrap(came), bytes -> copy(bytes, passed));
            return ByteBuffer.wrap(passed.toByteArray());
        }
    }

    private static void copy(ByteBuffer from, ByteArrayOutputStream to) throws IOException {
        to.write(from.array(), from.arrayOffset() + from.position(), from.remaining());
    }
}
