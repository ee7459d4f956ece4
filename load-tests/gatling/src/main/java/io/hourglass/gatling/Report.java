package io.hourglass.gatling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A run as people read it, in Markdown; and what in it is not as it must be. */
final class Report {
  private final Options options;
  private final List<String> rows = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();

  Report(Options options) {
    this.options = options;
  }

  /** Holds it against the scenario's bar; its failures must be none. */
  void figure(Trial trial, Figure figure) {
    boolean slow = trial.barMs().isPresent() && figure.p99() > trial.barMs().getAsLong();
    boolean incomplete = figure.failures() > 0 || figure.measured() == 0;
    String bar = trial.barMs().isPresent() ? "p99 <= " + trial.barMs().getAsLong() + " ms" : "each once";
    rows.add("| %s: %s | %,d | %,d | %,d | %,d | %,d | %,d | %s | %s |".formatted(trial.option(), title(trial, figure), figure.measured(),
        figure.p50(), figure.p95(), figure.p99(), figure.max(), figure.failures(), bar, slow || incomplete ? "**no**" : "yes"));
    if (!figure.remark().isEmpty()) {
      remarks.add(trial.option() + ": " + figure.name() + ": " + figure.remark());
    }
    if (slow) {
      faults.add("%s: p99 %,d ms (expected: <= %,d ms)".formatted(trial.option(), figure.p99(), trial.barMs().getAsLong()));
    }
    if (incomplete) {
      faults.add("%s: %s: %,d failures, %,d measured (expected: 0 failures)".formatted(
          trial.option(), figure.name(), figure.failures(), figure.measured()));
    }
  }

  private static String title(Trial trial, Figure figure) {
    return trial.title + (figure.name().equals(trial.option()) ? "" : "; " + figure.name());
  }

  void remark(Trial trial, String text) {
    remarks.add(trial.option() + ": " + text);
  }

  void fault(Trial trial, String text) {
    faults.add(trial.option() + ": " + text);
  }

  boolean passed() {
    return faults.isEmpty();
  }

  /** On standard output, and into a file. */
  void write(Path file) throws IOException {
    String text = text();
    Files.writeString(file, text);
    System.out.println(text);
  }

  private String text() {
    List<String> lines = new ArrayList<>(List.of("# HTTP and WebSocket load", "",
        "One node, %,d events/s beside each scenario, %,d keys, %d s measured after a warm-up of %d s; node: `%s`.".formatted(
            options.rate(), options.keys(), options.seconds(), options.warmup(), String.join(" ", options.nodeOptions())),
        "Everything ran on one machine with %d cores. Times in milliseconds.".formatted(Runtime.getRuntime().availableProcessors()), "",
        "| scenario | measured | p50 | p95 | p99 | max | failures | bar | met |", "|---|---:|---:|---:|---:|---:|---:|---|---|"));
    lines.addAll(rows);
    lines.add("");
    remarks.forEach(each -> lines.add("- " + each));
    lines.add("");
    lines.add(passed() ? "All bars are met." : "Not as it must be:");
    faults.forEach(each -> lines.add("- " + each));
    return String.join("\n", lines) + "\n";
  }
}
