package io.hourglass.trial;

import io.hourglass.settings.Pipeline;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code rules test FILE}: runs the rules of a pipeline over the file's events and says what differs from the alerts it expects. */
public final class RuleTests {
  private final Pipeline pipeline;
  private final PrintStream out;

  private RuleTests(Pipeline pipeline, PrintStream out) {
    this.pipeline = pipeline;
    this.out = out;
  }

  /**
   * Runs all tests of {@code file}; returns whether all of them passed.
   *
   * @param configured the pipelines of the configuration
   * @throws IllegalArgumentException when the file is none, in one line
   */
  public static boolean run(Path file, List<Pipeline> configured, PrintStream out) {
    FixtureFile fixtures = read(file);
    Pipeline pipeline = configured.stream().filter(each -> each.name().equals(fixtures.pipeline())).findFirst()
        .orElseThrow(() -> new IllegalArgumentException(file + ": pipeline: " + fixtures.pipeline() + " (expected: one of "
            + configured.stream().map(Pipeline::name).collect(Collectors.joining(", ")) + ")"));
    RuleTests tests = new RuleTests(pipeline, out);
    long failed = fixtures.tests().stream().filter(fixture -> !tests.passes(fixture)).count();
    out.println(failed == 0 ? fixtures.tests().size() + " tests passed" : failed + " of " + fixtures.tests().size() + " tests failed");
    return failed == 0;
  }

  private static FixtureFile read(Path file) {
    try {
      return FixtureFile.read(file);
    } catch (FixtureFile.BadFile bad) {
      throw new IllegalArgumentException(bad.getMessage());
    }
  }

  private boolean passes(Fixture fixture) {
    Trial trial = new Trial(pipeline);
    List<String> faults = new ArrayList<>(told(trial, fixture));
    List<Trial.Told> unexpected = new ArrayList<>(trial.alerts());
    for (Fixture.Expected expected : fixture.alerts()) {
      unexpected.stream().filter(expected::is).findFirst()
          .ifPresentOrElse(unexpected::remove, () -> faults.add("missing:    " + expected));
    }
    unexpected.forEach(told -> faults.add("unexpected: " + text(told)));
    String late = trial.late() == 0 ? "" : ", " + trial.late() + " events late";
    out.println(fixture.name() + ": " + (faults.isEmpty() ? "ok, " + trial.alerts().size() + " alerts" : "FAILED") + late);
    faults.forEach(fault -> out.println("  " + fault));
    return faults.isEmpty();
  }

  private static List<String> told(Trial trial, Fixture fixture) {
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < fixture.events().size(); i++) {
      try {
        trial.event(fixture.events().get(i).key(), fixture.events().get(i).value());
      } catch (Trial.BadEvent bad) {
        faults.add("event " + (i + 1) + ": " + bad.getMessage());
      }
    }
    trial.end(fixture.watermark().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
    return faults;
  }

  private static String text(Trial.Told told) {
    return told.alert().rule() + " " + told.key() + " " + Instant.ofEpochMilli(told.alert().at()) + " to "
        + (told.alert().endsAt() == null ? "firing" : Instant.ofEpochMilli(told.alert().endsAt())) + " " + told.alert().severity()
        + " \"" + told.alert().summary() + "\"";
  }
}
