package dev.parley.webapp;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Instead of {@code @Test} in a {@link PageSetting}: the test runs once in each {@link Engine}. */
@TestTemplate
@ExtendWith(InEachBrowser.Engines.class)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface InEachBrowser {
    /** Runs the test once for each engine. Stateless. */
    final class Engines implements TestTemplateInvocationContextProvider {
        @Override
        public boolean supportsTestTemplate(ExtensionContext context) {
            return PageSetting.class.isAssignableFrom(context.getRequiredTestClass());
        }

        @Override
        public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
            return Stream.of(Engine.values()).map(In::new);
        }
    }

    /** One run of a test, in one engine. */
    record In(Engine engine) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return engine.toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            BeforeEachCallback choice = context -> ((PageSetting) context.getRequiredTestInstance()).use(engine);
            return List.of(choice);
        }
    }
}
