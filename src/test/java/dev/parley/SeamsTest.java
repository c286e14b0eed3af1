package dev.parley;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.parley.room.Relay;

/** What can be exchanged is chosen in one place: nothing else knows which database or relay it is. */
@AnalyzeClasses(packages = "dev.parley", importOptions = DoNotIncludeTests.class)
class SeamsTest {
    @ArchTest
    static final ArchRule onlyTheLogOnSqliteKnowsSqlite = noClasses()
            .that()
            .resideOutsideOfPackage("dev.parley.log.sqlite..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.sqlite..");

    // The command line makes backups without a server.
    @ArchTest
    static final ArchRule theDatabaseIsChosenInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackages("dev.parley.cli..", "dev.parley.log.sqlite..")
            .and()
            .doNotHaveFullyQualifiedName("dev.parley.app.DatabaseChoice")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.parley.log.sqlite..");

    @ArchTest
    static final ArchRule theRelayIsChosenInOnePlace = noClasses()
            .that()
            .areNotAssignableTo(Relay.class)
            .and()
            .doNotHaveFullyQualifiedName("dev.parley.app.RelayChoice")
            .should()
            .dependOnClassesThat(assignableTo(Relay.class).and(not(equivalentTo(Relay.class))));

    @ArchTest
    static final ArchRule onlyTheApplicationOpensTheDurableLog = noClasses()
            .that()
            .resideOutsideOfPackages("dev.parley.app..", "dev.parley.log..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.parley.log.durable..", "dev.parley.log.jdbc..");
}
