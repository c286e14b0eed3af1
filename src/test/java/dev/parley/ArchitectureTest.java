package dev.parley;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.parley.admission.Admission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** The directions in which the packages may import each other. */
@AnalyzeClasses(packages = "dev.parley", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theFaceForApplicationsKnowsOnlyTheVocabulary = classes()
            .that()
            .resideInAPackage("dev.parley")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("dev.parley", "dev.parley.message..", "java..")
                    // For the qualifiers of observers.
                    .or(equivalentTo(Qualifier.class))
                    .or(equivalentTo(Nonbinding.class)));

    // A unit test of an application needs nothing else on its class path.
    @ArchTest
    static final ArchRule whatUnitTestsUseKnowsOnlyTheFace =
            only("test", "java..", "dev.parley", "dev.parley.message..");

    // An application can have injected whatever is produced: parts of the engine must not be among that.
    @ArchTest
    static final ArchRule beansOfTheEngineGiveNothingToApplications = methods()
            .that()
            .areAnnotatedWith(Produces.class)
            .should()
            .haveRawReturnType(DescribedPredicate.describe(
                    "that belongs to the API, or has no public method but questions",
                    type -> type.isPrimitive()
                            || type.getPackageName().equals("dev.parley")
                            // Says which handshakes are refused, and changes nothing.
                            || type.isEquivalentTo(Admission.class)
                            || type.getMethods().stream()
                                    .noneMatch(method -> method.getModifiers().contains(JavaModifier.PUBLIC))));

    @ArchTest
    static final ArchRule beansHaveNoPublicMethodsBesideTheirContracts =
            classes().that().areAnnotatedWith(ApplicationScoped.class).should(notHavePublicMethods());

    @ArchTest
    static final ArchRule messageKnowsOnlyJavaAndJsonB = only("message", "java..", "jakarta.json.bind..");

    // It is optional: a class that names its types can't be loaded without it.
    @ArchTest
    static final ArchRule oneClassKnowsJsonB = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.parley.message.JsonBinding")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.json.bind..");

    @ArchTest
    static final ArchRule wireTurnsMessagesIntoFrames =
            only("wire", "java..", "jakarta.json..", "jakarta.websocket..", "dev.parley.message..");

    @ArchTest
    static final ArchRule loopKnowsOnlyJava = only("loop", "java..");

    @ArchTest
    static final ArchRule outboxSendsFrames = only(
            "outbox",
            "java..",
            "jakarta.websocket..",
            "dev.parley.loop..",
            "dev.parley.wire..",
            "dev.parley.message..");

    @ArchTest
    static final ArchRule transportKnowsNoRooms = only(
            "transport",
            "java..",
            "jakarta.servlet..",
            "jakarta.websocket..",
            "dev.parley.outbox..",
            "dev.parley.wire..",
            "dev.parley.admission..",
            "dev.parley.security..",
            "dev.parley.message..");

    @ArchTest
    static final ArchRule roomIsPureJava =
            only("room", "java..", "dev.parley.loop..", "dev.parley.log", "dev.parley.message..");

    @ArchTest
    static final ArchRule theContractOfTheLogKnowsNoDatabase = classes()
            .that()
            .resideInAPackage("dev.parley.log")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.parley.log",
                    "dev.parley.message..",
                    "java.lang..",
                    "java.util..",
                    "java.security..",
                    // Bytes of attachments. Not its subpackages, such as files.
                    "java.nio");

    @ArchTest
    static final ArchRule theDurableLogKnowsNoDatabase =
            only("log.durable", "java..", "dev.parley.log", "dev.parley.message..");

    // It hears that a database failed, and calls none.
    @ArchTest
    static final ArchRule theDurableLogSpeaksNoSql = classes()
            .that()
            .resideInAPackage("dev.parley.log.durable..")
            .should()
            .onlyDependOnClassesThat(
                    not(resideInAnyPackage("java.sql..", "javax.sql..")).or(equivalentTo(SQLException.class)));

    @ArchTest
    static final ArchRule whatDatabasesShareKnowsNoneOfThem =
            only("log.jdbc", "java..", "dev.parley.log", "dev.parley.log.durable", "dev.parley.message..");

    @ArchTest
    static final ArchRule securityKnowsOnlyTheVocabulary =
            only("security", "java..", "javax.crypto..", "dev.parley.message..");

    @ArchTest
    static final ArchRule accessKnowsOnlyTheVocabulary = onlyItself("access", "java..", "dev.parley.message..");

    @ArchTest
    static final ArchRule operatorLogKnowsOnlyTheVocabulary = only("operator", "java..", "dev.parley.message..");

    @ArchTest
    static final ArchRule admissionLooksAtRequests = only("admission", "java..", "dev.parley.operator..");

    @ArchTest
    static final ArchRule identityKnowsNoConnection =
            onlyItself("identity", "java..", "dev.parley.security..", "dev.parley.message..");

    @ArchTest
    static final ArchRule settingsAreTextsNumbersAndLists =
            only("config", "java..", "dev.parley.message..", "dev.parley.admission..");

    @ArchTest
    static final ArchRule endpointStandsOnTheRooms = only(
            "endpoint",
            "java..",
            "jakarta..",
            "dev.parley.loop..",
            "dev.parley.outbox..",
            "dev.parley.transport..",
            "dev.parley.log",
            "dev.parley.room..",
            "dev.parley.wire..",
            "dev.parley.message..",
            "dev.parley.operator..",
            "dev.parley.access..",
            "dev.parley.admission..",
            "dev.parley.identity",
            "dev.parley.security..");

    @ArchTest
    static final ArchRule clientKnowsOnlyTheProtocol =
            only("client", "java..", "jakarta.websocket..", "dev.parley.wire..", "dev.parley.message..");

    @ArchTest
    static final ArchRule webappKnowsNothingOfTheChat = only("webapp", "java..", "jakarta.servlet..");

    @ArchTest
    static final ArchRule nobodyImportsStandalone = noClasses()
            .that()
            .resideOutsideOfPackages("dev.parley.standalone..", "dev.parley.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.parley.standalone..");

    @ArchTest
    static final ArchRule nothingElseKnowsTheWholeOrItsSettings = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.parley.app..", "dev.parley.config..", "dev.parley.standalone..", "dev.parley.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.parley.app..", "dev.parley.config..");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.parley.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule webSocketStaysAtTheEdges = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.parley.wire..",
                    "dev.parley.outbox..",
                    "dev.parley.transport..",
                    "dev.parley.endpoint..",
                    "dev.parley.client..",
                    "dev.parley.standalone..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.websocket..");

    @ArchTest
    static final ArchRule serversStayStandalone = noClasses()
            .that()
            .resideOutsideOfPackages("dev.parley.standalone..", "dev.parley.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.glassfish..", "org.jboss.weld..");

    // The standalone server tells on standard streams where it listens, or why it can't start.
    @ArchTest
    static final ArchRule nothingElseIsPrinted = noClasses()
            .that()
            .resideOutsideOfPackages("dev.parley.standalone..", "dev.parley.cli..")
            .should(ACCESS_STANDARD_STREAMS);

    // Observers are an application's code: they run on an application's threads, each alone with its failure.
    @ArchTest
    static final ArchRule onlyOneClassNotifiesObservers = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("dev.parley.app.Observer")
            .should()
            .callMethodWhere(callOf(
                    "fires an event or notifies an observer",
                    call -> call.getTargetOwner().isAssignableTo(Event.class)
                            || call.getTargetOwner().isAssignableTo(ObserverMethod.class)));

    // The common pool has no application's context, and on two processors CompletableFuture starts a thread for each
    // task.
    @ArchTest
    static final ArchRule theServerNamesItsExecutors = noClasses()
            .that()
            .resideOutsideOfPackages("dev.parley.client..", "dev.parley.cli..")
            .should()
            .callMethodWhere(callOf(
                    "leaves the thread to CompletableFuture",
                    call -> call.getTargetOwner().isAssignableTo(CompletionStage.class)
                            && (call.getName().endsWith("Async")
                                    || call.getName().endsWith("xecutor"))
                            && call.getTarget().getRawParameterTypes().stream()
                                    .noneMatch(type -> type.isAssignableTo(Executor.class))));

    // Its one timer thread (Java 17) keeps the class loader of the application that was first to use it: that
    // application
    // stays in memory after it is undeployed.
    @ArchTest
    static final ArchRule theServerHasTimersOfItsOwn = noClasses()
            .that()
            .resideOutsideOfPackages("dev.parley.client..", "dev.parley.cli..")
            .should()
            .callMethodWhere(callOf(
                    "uses the timer of CompletableFuture",
                    call -> call.getTargetOwner().isAssignableTo(CompletableFuture.class)
                            && Set.of("delayedExecutor", "orTimeout", "completeOnTimeout")
                                    .contains(call.getName())));

    @ArchTest
    static final ArchRule exceptionsAreSpecific = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    private static ArchCondition<JavaClass> notHavePublicMethods() {
        return new ArchCondition<>("have no public methods: any bean can have them injected") {
            @Override
            public void check(JavaClass bean, ConditionEvents events) {
                bean.getMethods().stream()
                        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                        .forEach(method -> events.add(SimpleConditionEvent.violated(bean, method.getDescription())));
            }
        };
    }

    private static DescribedPredicate<JavaMethodCall> callOf(String what, Predicate<JavaMethodCall> calls) {
        return DescribedPredicate.describe(what, calls);
    }

    private static ArchRule only(String name, String... allowed) {
        return only(name, resideInAnyPackage("dev.parley." + name + ".."), allowed);
    }

    /** Without the packages below it, which {@link SeamsTest} is about. */
    private static ArchRule onlyItself(String name, String... allowed) {
        return only(name, resideInAnyPackage("dev.parley." + name), allowed);
    }

    private static ArchRule only(String name, DescribedPredicate<JavaClass> self, String... allowed) {
        return classes()
                .that(self)
                .should()
                .onlyDependOnClassesThat(self.or(resideInAnyPackage(allowed)))
                .allowEmptyShould(true)
                .as(name + " imports only " + String.join(", ", allowed));
    }
}
