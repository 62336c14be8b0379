package dev.banyan.suite;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The directions of the plan, and what every file keeps to. */
class HouseRulesTest {
  private static final int MAX_LINES = 300;
  private static final Set<String> SOURCES =
      Set.of("java", "cs", "sh", "py", "js", "css", "html", "aspx", "ashx", "asmx");
  private static final Pattern EMPTY_NAME =
      Pattern.compile(
          ".*(Manager|Helper|Utils?|Impl|Misc|Common)\\.java$|.*/(Abstract|Base)[A-Z]\\w*\\.java$");

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.banyan");

  @Test
  void theRoomsThatDecideArePure() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.banyan.rules..",
            "dev.banyan.parity..",
            "dev.banyan.contracts..",
            "dev.banyan.migration..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx..",
            "io.netty..",
            "io.grpc..",
            "io.quarkus..",
            "jakarta..",
            "java.sql..",
            "javax.sql..",
            "dev.banyan.proxy..",
            "dev.banyan.app..",
            "dev.banyan.cli..")
        .check(classes);
  }

  @Test
  void routingRulesKnowNobody() {
    noClasses()
        .that()
        .resideInAPackage("dev.banyan.rules..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.banyan.parity..", "dev.banyan.contracts..", "dev.banyan.migration..")
        .check(classes);
  }

  @Test
  void parityKnowsOnlyTheRules() {
    noClasses()
        .that()
        .resideInAPackage("dev.banyan.parity..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.banyan.contracts..", "dev.banyan.migration..")
        .check(classes);
  }

  @Test
  void theDataPlaneKnowsNeitherStagesNorStore() {
    noClasses()
        .that()
        .resideInAPackage("dev.banyan.proxy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.banyan.migration..",
            "dev.banyan.contracts..",
            "dev.banyan.app..",
            "io.quarkus..",
            "java.sql..",
            "javax.sql..",
            "jakarta..")
        .check(classes);
  }

  @Test
  void bytesMoveInTheProxyAlone() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.banyan..")
        .and()
        .resideOutsideOfPackages(
            // Quarkus hands its own HTTP security and filters a vertx-web routing context.
            "dev.banyan.proxy..", "dev.banyan.app.security..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx..", "io.netty..")
        .check(classes);
  }

  /** Docs: adr/0022-descriptors-by-reflection.md. */
  @Test
  void serversAreAskedForTheirDescriptorsByOneOfflineCommandAlone() {
    noClasses()
        .that()
        .resideInAPackage("dev.banyan..")
        .and()
        .resideOutsideOfPackage("dev.banyan.app.reflection..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.grpc..")
        .check(classes);
    noClasses()
        .that()
        .resideInAPackage("dev.banyan..")
        .and()
        .resideOutsideOfPackages("dev.banyan.app.reflection..", "dev.banyan.app.offline..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.banyan.app.reflection..")
        .check(classes);
  }

  @Test
  void theCommandsAndTheAdaptersStandAlone() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.banyan.cli..", "dev.banyan.legacy..", "dev.banyan.catalog..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.banyan.rules..",
            "dev.banyan.parity..",
            "dev.banyan.contracts..",
            "dev.banyan.migration..",
            "dev.banyan.proxy..",
            "dev.banyan.app..")
        .check(classes);
  }

  @Test
  void noSourceFileIsLongerThan300Lines() throws IOException {
    List<String> tooLong = sources().filter(HouseRulesTest::isTooLong).map(Path::toString).toList();

    assertThat(tooLong).isEmpty();
  }

  @Test
  void namesSayTheJob() throws IOException {
    assertThat(sources().map(Path::toString).filter(f -> EMPTY_NAME.matcher(f).matches()))
        .isEmpty();
  }

  @Test
  void everyPackageIntroducesItself() throws IOException {
    Set<Path> folders =
        sources()
            .filter(f -> f.toString().contains("/src/main/java/") && f.toString().endsWith(".java"))
            .map(Path::getParent)
            .collect(Collectors.toSet());

    assertThat(folders).isNotEmpty();
    assertThat(folders).allSatisfy(f -> assertThat(f.resolve("package-info.java")).exists());
  }

  private static Stream<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Processes.HOME)) {
      return files
          .filter(f -> SOURCES.contains(f.toString().substring(f.toString().lastIndexOf('.') + 1)))
          .filter(f -> !f.toString().contains("/target/") && !f.toString().contains("/.git/"))
          .filter(Files::isRegularFile)
          .toList()
          .stream();
    }
  }

  private static boolean isTooLong(Path file) {
    try (Stream<String> lines = Files.lines(file, java.nio.charset.StandardCharsets.ISO_8859_1)) {
      return lines.count() > MAX_LINES;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
