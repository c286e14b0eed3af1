package dev.parley;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The classes inside a package depend on each other in one direction too. */
@AnalyzeClasses(packages = "dev.parley", importOptions = DoNotIncludeTests.class)
class CirclesTest {
    /** Classes of one package, by their simple names, that may depend on each other in a circle. */
    private record Circle(String reason, Set<String> classes) {
        static Circle because(String reason, String... classes) {
            return new Circle(reason, Set.of(classes));
        }
    }

    private static final List<Circle> EXCEPTIONS = List.of(
            Circle.because("a sealed interface names the records that it permits", "ServerMessage", "Entry"),
            Circle.because("a word that is no code is rejected with a code", "ErrorCode", "ParleyException"),
            Circle.because("a loop hands its flushes to an idle one of the others", "Loop", "Loops"),
            Circle.because(
                    "rooms, users and callers are views of the application that made them",
                    "LocalCaller",
                    "LocalParley",
                    "LocalRoom",
                    "LocalUser"),
            Circle.because(
                    "failures are logged under the name of what calls observers",
                    "EventDispatch",
                    "FailureLog",
                    "Observer",
                    "Observers"),
            Circle.because("handlers write their answers as the routes do", "Routes", "PageHandler", "RefusalHandler"));

    @ArchTest
    static final ArchRule noCircleInsideAPackage =
            slices().assignedFrom(new Units()).should().beFreeOfCycles();

    /** A class with all that is nested in it, or the classes of an exception together. */
    private static final class Units implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass part) {
            JavaClass whole = part;
            for (Optional<JavaClass> outer = part.getEnclosingClass(); outer.isPresent(); ) {
                whole = outer.get();
                outer = whole.getEnclosingClass();
            }
            String name = whole.getSimpleName();
            String unit = EXCEPTIONS.stream()
                    .filter(exception -> exception.classes().contains(name))
                    .map(Circle::reason)
                    .findFirst()
                    .orElse(name);
            return SliceIdentifier.of(whole.getPackageName(), unit);
        }

        @Override
        public String getDescription() {
            return "classes";
        }
    }
}
