package dev.parley;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.parley.access.AccessPolicy;
import dev.parley.identity.Authenticator;
import dev.parley.log.durable.Database;
import dev.parley.room.Relay;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be exchanged is chosen in one place: nothing else knows which database, relay, authenticator or policy it is. An
 * implementation has a package of its own below the one that is named here, or stands beside its contract.
 */
@AnalyzeClasses(packages = "dev.parley", importOptions = DoNotIncludeTests.class)
class SeamsTest {
    private static final String ROOT = "dev.parley.";

    /**
     * What can be exchanged.
     *
     * @param contract the interface
     * @param below the package that has a package for each implementation
     * @param shared packages below that one which belong to no implementation
     * @param chooser the class that chooses one
     * @param known what an implementation may know of Parley, beside itself
     */
    private record Seam(Class<?> contract, String below, Set<String> shared, String chooser, Set<String> known) {
        /** The package of the implementation to which a class belongs, or null. */
        String implementation(JavaClass type) {
            String name = type.getPackageName() + ".";
            String parent = ROOT + below + ".";
            if (!name.startsWith(parent) || name.equals(parent)) {
                return null;
            }
            String own = name.substring(0, name.indexOf('.', parent.length()));
            return shared.contains(own.substring(ROOT.length())) ? null : own;
        }

        boolean isChooser(JavaClass type) {
            return type.getName().equals(ROOT + "app." + chooser);
        }
    }

    private static final Seam DATABASE = new Seam(
            Database.class,
            "log",
            Set.of("log.durable", "log.jdbc"),
            "DatabaseChoice",
            Set.of("log", "log.durable", "log.jdbc", "security", "message"));
    private static final Seam RELAY =
            new Seam(Relay.class, "relay", Set.of(), "RelayChoice", Set.of("room", "log", "message"));
    private static final Seam AUTHENTICATOR = new Seam(
            Authenticator.class,
            "identity",
            Set.of(),
            "AuthenticatorChoice",
            Set.of("identity", "security", "message"));
    private static final Seam POLICY =
            new Seam(AccessPolicy.class, "access", Set.of(), "PolicyChoice", Set.of("access", "message"));
    private static final List<Seam> ALL = List.of(DATABASE, RELAY, AUTHENTICATOR, POLICY);

    @ArchTest
    static final ArchRule aDatabaseKnowsTheDurableLog = knowsItsSeam(DATABASE);

    // The command line makes backups without a server.
    @ArchTest
    static final ArchRule theDatabaseIsChosenInOnePlace = isChosenInOnePlace(DATABASE, "log.sqlite");

    @ArchTest
    static final ArchRule aRelayKnowsTheRooms = knowsItsSeam(RELAY);

    @ArchTest
    static final ArchRule theRelayIsChosenInOnePlace = isChosenInOnePlace(RELAY);

    @ArchTest
    static final ArchRule anAuthenticatorKnowsNoConnection = knowsItsSeam(AUTHENTICATOR);

    // The command line makes tokens without a server.
    @ArchTest
    static final ArchRule itIsChosenInOnePlaceWhoSaysWhoAPeerIs = isChosenInOnePlace(AUTHENTICATOR, "identity.jwt");

    @ArchTest
    static final ArchRule aPolicyKnowsOnlyTheVocabulary = knowsItsSeam(POLICY);

    @ArchTest
    static final ArchRule thePolicyIsChosenInOnePlace = isChosenInOnePlace(POLICY);

    @ArchTest
    static void aLibraryIsKnownToTheOneImplementationThatNeedsIt(JavaClasses all) {
        var packages = all.stream()
                .filter(type -> !isIn(type, "standalone", "cli"))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> isOfALibrary(dependency.getTargetClass()))
                .collect(Collectors.groupingBy(
                        dependency -> library(dependency.getTargetClass()),
                        Collectors.mapping(
                                dependency -> implementation(dependency.getOriginClass()), Collectors.toSet())));

        assertThat(packages)
                .isNotEmpty()
                .allSatisfy((library, knowing) -> assertThat(knowing)
                        .as("packages that know %s", library)
                        .hasSize(1)
                        .allMatch(name -> ALL.stream().anyMatch(seam -> name.startsWith(ROOT + seam.below() + "."))));
    }

    @ArchTest
    static final ArchRule onlyTheApplicationOpensTheDurableLog = classes()
            .that(DescribedPredicate.describe(
                    "are neither of the log nor the application", type -> !isIn(type, "log", "app")))
            .should(onlyKnow(
                    "what is not the durable log",
                    dependency -> !isIn(dependency.getTargetClass(), "log.durable", "log.jdbc")));

    private static ArchRule knowsItsSeam(Seam seam) {
        return classes()
                .that(DescribedPredicate.describe(
                        "implement a " + seam.contract().getSimpleName() + " in a package of their own",
                        type -> seam.implementation(type) != null))
                .should(onlyKnow(
                        "of Parley themselves and " + seam.known(),
                        dependency -> !dependency.getTargetClass().getName().startsWith(ROOT)
                                ? !dependency.getTargetClass().getName().startsWith("jakarta.")
                                : seam.known().contains(relative(dependency.getTargetClass()))
                                        || seam.implementation(dependency.getOriginClass())
                                                .equals(seam.implementation(dependency.getTargetClass()))))
                .allowEmptyShould(true);
    }

    /** @param forCommands what the command line may know, beside the class that chooses */
    private static ArchRule isChosenInOnePlace(Seam seam, String... forCommands) {
        DescribedPredicate<JavaClass> implementing = assignableTo(seam.contract());
        return classes()
                .that(DescribedPredicate.describe("are not " + seam.chooser(), type -> !seam.isChooser(type)))
                .should(onlyKnow("what implements no " + seam.contract().getSimpleName(), dependency -> {
                    JavaClass origin = dependency.getOriginClass();
                    JavaClass target = dependency.getTargetClass();
                    boolean isImplementation = seam.implementation(target) != null
                            || implementing.test(target) && !target.isEquivalentTo(seam.contract());
                    return !isImplementation
                            || isSame(origin, target)
                            || seam.implementation(target) != null
                                    && seam.implementation(target).equals(seam.implementation(origin))
                            || isIn(origin, "cli") && isIn(target, forCommands);
                }));
    }

    /** Whether one class is the other, or is nested in it, or holds it. */
    private static boolean isSame(JavaClass one, JavaClass other) {
        return outermost(one).equals(outermost(other));
    }

    private static String outermost(JavaClass type) {
        return type.getBaseComponentType().getName().replaceAll("\\$.*", "");
    }

    private static String implementation(JavaClass type) {
        return ALL.stream()
                .map(seam -> seam.implementation(type))
                .filter(name -> name != null)
                .findFirst()
                .orElse(type.getPackageName());
    }

    private static boolean isOfALibrary(JavaClass type) {
        JavaClass base = type.getBaseComponentType();
        return !base.isPrimitive()
                && Stream.of("java.", "javax.", "jakarta.", ROOT).noneMatch(base.getName()::startsWith);
    }

    /** The first two parts of its name, such as {@code org.sqlite}. */
    private static String library(JavaClass type) {
        return Arrays.stream(type.getPackageName().split("\\.")).limit(2).collect(Collectors.joining("."));
    }

    private static boolean isIn(JavaClass type, String... packages) {
        return Arrays.stream(packages).anyMatch(name -> (type.getPackageName() + ".").startsWith(ROOT + name + "."));
    }

    private static String relative(JavaClass type) {
        String name = type.getPackageName() + ".";
        return name.startsWith(ROOT) && name.length() > ROOT.length()
                ? name.substring(ROOT.length(), name.length() - 1)
                : "";
    }

    private static ArchCondition<JavaClass> onlyKnow(String what, Predicate<Dependency> allowed) {
        return new ArchCondition<>("know only " + what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(allowed.negate())
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
            }
        };
    }
}
