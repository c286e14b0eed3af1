package dev.parley.transport;

/** Calls public methods of classes that applications can't see. Stateless. */
final class PublicMethod {
    private PublicMethod() {}

    /** What a method without parameters returns. */
    static Object call(Object of, String name) throws ReflectiveOperationException {
        return of.getClass().getMethod(name).invoke(of);
    }
}
