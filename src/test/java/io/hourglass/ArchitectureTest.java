package io.hourglass;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What may know what. A new edge is a decision: write it down here, or better, do without. */
class ArchitectureTest {
  private static final String ROOT = "io.hourglass";
  private static final JavaClasses MAIN =
      new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

  /** Every package and those it may use, in the way the data goes; exactly these, so that no edge is left over. */
  private static final Map<String, Set<String>> USES = Map.ofEntries(
      Map.entry("window", Set.of()),
      Map.entry("anomaly", Set.of()),
      Map.entry("telemetry", Set.of()),
      Map.entry("shared", Set.of()),
      Map.entry("silence", Set.of("shared")),
      Map.entry("notify", Set.of("alert", "settings", "shared", "silence", "telemetry")),
      Map.entry("cluster", Set.of("entity", "query", "settings", "telemetry")),
      Map.entry("rule", Set.of("anomaly", "window")),
      Map.entry("settings", Set.of("rule", "silence", "window")),
      Map.entry("event", Set.of("rule", "settings", "window")),
      Map.entry("entity", Set.of("settings", "window")),
      Map.entry("alert", Set.of("settings", "window")),
      Map.entry("store", Set.of("alert", "entity", "settings", "window")),
      Map.entry("outbox", Set.of("alert", "entity", "event", "query", "settings", "store", "telemetry", "window")),
      Map.entry("query", Set.of("alert", "rule", "settings", "store", "window")),
      Map.entry("intake", Set.of("event", "query", "settings", "telemetry")),
      Map.entry("gather", Set.of("entity", "query", "settings", "store", "window")),
      Map.entry("retention", Set.of("query", "settings", "store", "telemetry", "window")),
      Map.entry("trial", Set.of("event", "query", "rule", "settings", "window")),
      Map.entry("live", Set.of("query", "rule", "settings", "shared")),
      Map.entry("ingest", Set.of("entity", "event", "outbox", "query", "settings", "store", "telemetry", "window")),
      Map.entry("http", Set.of("alert", "query", "rule", "settings", "silence", "store", "window")),
      Map.entry("app", Set.of("alert", "anomaly", "cluster", "entity", "event", "gather", "http", "ingest", "intake", "live", "notify", "outbox", "query", "retention", "rule", "settings",
          "shared", "silence", "store", "telemetry", "trial", "window")));

  @Test
  void packagesUseEachOtherAsWrittenHere() {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JavaClass each : MAIN) {
      Set<String> uses = found.computeIfAbsent(packageOf(each), name -> new TreeSet<>());
      each.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(ROOT) && !packageOf(target).equals(packageOf(each)))
          .forEach(target -> uses.add(packageOf(target)));
    }
    Map<String, Set<String>> expected = new TreeMap<>();
    USES.forEach((name, uses) -> expected.put(name, new TreeSet<>(uses)));
    assertEquals(lines(expected), lines(found));
  }

  private static String packageOf(JavaClass each) {
    return each.getPackageName().substring(ROOT.length() + 1).split("\\.")[0];
  }

  private static String lines(Map<String, Set<String>> uses) {
    StringBuilder lines = new StringBuilder();
    uses.forEach((name, used) -> lines.append(name).append(": ").append(used).append('\n'));
    return lines.toString();
  }

  @Test
  void noPackageUsesItselfByADetour() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void windowsAndRulesArePlainJava() {
    in("window").dependOnClassesThat().resideInAnyPackage(
        "akka..", "scala..", "org.apache.kafka..", "com.fasterxml..", "com.typesafe..", "com.datastax..", "org.slf4j..").check(MAIN);
    in("rule").dependOnClassesThat().resideInAnyPackage(
        "akka..", "scala..", "org.apache.kafka..", "com.fasterxml..", "com.typesafe..", "com.datastax..").check(MAIN);
    noClasses().that().resideInAPackage(ROOT + ".anomaly..").should().dependOnClassesThat().resideOutsideOfPackages(
        "java.lang..", "java.nio..", "java.util..", "com.amazon.randomcutforest..", ROOT + ".anomaly..").check(MAIN);
  }

  @Test
  void whatIsSentWhenIsPlainJava() {
    in("notify.group").dependOnClassesThat().resideInAnyPackage(
        "akka..", "scala..", "org.apache.kafka..", "com.fasterxml..", "com.typesafe..", "com.datastax..", "org.slf4j..").check(MAIN);
  }

  @Test
  void windowsAndRulesAreToldTheTimeAndNeverAskForIt() {
    for (String pure : Set.of("window", "anomaly", "rule", "event", "notify.group")) {
      in(pure).dependOnClassesThat().areAssignableTo(InstantSource.class).check(MAIN);
      in(pure).dependOnClassesThat().areAssignableTo(Clock.class).check(MAIN);
      in(pure).callMethod(System.class, "currentTimeMillis").check(MAIN);
      in(pure).callMethod(System.class, "nanoTime").check(MAIN);
      in(pure).callMethod(Instant.class, "now").check(MAIN);
    }
  }

  private static ClassesShould in(String name) {
    return noClasses().that().resideInAPackage(ROOT + "." + name + "..").should();
  }

  @Test
  void thingsAreCalledWhatTheyAre() {
    noClasses().should().haveNameMatching(".*(Manager|Helper|Utils?|Impl)$").check(MAIN);
    noFields().should().haveNameMatching(".*([Mm]anager|[Hh]elper|[Uu]tils?)$").check(MAIN);
  }

  @Test
  void nothingIsSerializedByJava() {
    noClasses().should().dependOnClassesThat().haveNameMatching("java\\.io\\.Object(In|Out)put(Stream)?").check(MAIN);
  }

  @Test
  void nobodySleeps() {
    noClasses().should().callMethod(Thread.class, "sleep", long.class)
        .orShould().callMethod(Thread.class, "sleep", long.class, int.class).check(MAIN);
  }
}
