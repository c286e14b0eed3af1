package dev.parley.transaction;

import dev.parley.log.Draft;
import dev.parley.log.MessageLog;
import dev.parley.message.Body;
import dev.parley.message.ErrorCode;
import dev.parley.message.ParleyException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Faults between the queue of a test and the real log or database behind it. Stateless. */
final class Faults {
    private Faults() {}

    /** What is done in place of a call. */
    interface Call {
        Object of(Method method, Object[] arguments) throws Exception;
    }

    /** A log that has no place for "two" at first. */
    static Function<MessageLog, MessageLog> full(int times) {
        AtomicInteger left = new AtomicInteger(times);
        return full(() -> left.getAndDecrement() > 0);
    }

    /** A log that has no place for "two" now. */
    static Function<MessageLog, MessageLog> full(BooleanSupplier isFull) {
        return before(() -> {
            if (isFull.getAsBoolean()) {
                throw new ParleyException(ErrorCode.UNAVAILABLE, "too many messages wait");
            }
        });
    }

    /** A log in which "two" meets these faults first. */
    static Function<MessageLog, MessageLog> of(Queue<Runnable> faults) {
        return before(() -> {
            if (!faults.isEmpty()) {
                faults.remove().run();
            }
        });
    }

    private static Function<MessageLog, MessageLog> before(Runnable fault) {
        return log -> proxy(MessageLog.class, (method, arguments) -> {
            if (method.getName().equals("append")
                    && ((Draft) arguments[0]).body().equals(new Body.Text("two"))) {
                fault.run();
            }
            return method.invoke(log, arguments);
        });
    }

    static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return call.of(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
